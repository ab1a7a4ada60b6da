import { useMemo } from 'preact/hooks';
import { ListField } from '../find/list-field.tsx';
import { useListQuery } from '../find/use-list-query.ts';
import { plural, t } from '../i18n.ts';
import { explainReason } from '../explain.ts';
import { draftOf } from '../overrides/draft.ts';
import { namingTally } from '../overrides/known.ts';
import { effectOf } from '../overrides/words.ts';
import { Icon } from '../shared/icon.tsx';
import { Name } from '../shared/name.tsx';
import { visible } from '../shared/text.ts';
import { useFollowed } from '../shared/use-followed.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { AssignmentForm } from './assignment.tsx';
import { BodyClasses, ExposureLog, Header, useExpiry } from './page-state.tsx';
import { EXPERIMENT_FIELDS } from './experiment-fields.ts';
import { type SeenExperiment, seenExperiments } from './experiments.ts';
import '../shared/cards.css';

/** Every experiment that the page knows: who put the user where, and whether its events would be sent. */
export function ExperimentsView() {
  const panel = usePanel();
  const { reader, drawn } = useFollowed(panel.followed(namingTally));
  const override = usePanelState(state => state.override);
  const load = panel.current();
  const now = useExpiry(load?.context?.exposures);
  const experiments = useMemo(
    () => (load ? seenExperiments(load, reader.of(load.load), override, now) : []),
    [load, reader, drawn, override, now],
  );
  const { found, query } = useListQuery(experiments, EXPERIMENT_FIELDS);
  if (experiments.length === 0) {
    return (
      <div class="empty" role="status">
        <h2>{t('experimentsEmptyTitle')}</h2>
        <p>{t('experimentsEmptyText')}</p>
        <button type="button" class="button" onClick={() => panel.edit({ kind: 'experiment' })}>
          {t('forceGroup')}
        </button>
      </div>
    );
  }
  return (
    <div class="cards">
      {experiments.length > 1 && <ListField query={query} label={t('experimentsSearch')} />}
      <Header raw={load?.context?.header} />
      {found.map(experiment => (
        <Experiment key={experiment.name} experiment={experiment} />
      ))}
    </div>
  );
}

function Experiment({ experiment }: { experiment: SeenExperiment }) {
  const panel = usePanel();
  const { name, seen, enrollment, candidates, configured, subject, rule, calls, silences, compat } = experiment;
  return (
    <article>
      <header>
        <h2>
          <Name name={name} />
        </h2>
        <span class="more">
          {plural('calls', calls.accepted + calls.dropped)}
          {calls.dropped > 0 && ` · ${t('countDropped', calls.dropped)}`}
        </span>
        <button
          type="button"
          class="button"
          data-experiment={name}
          onClick={() =>
            panel.edit(
              rule
                ? draftOf(rule)
                : { kind: 'experiment', name, group: seen.find(group => group !== enrollment?.group) ?? '' },
            )
          }
        >
          {t('forceGroup')}
        </button>
      </header>
      {rule && (
        <p class="forced">
          <Icon name="forced" /> {t('experimentForced', effectOf(rule))}
        </p>
      )}
      <dl class="facts">
        <dt>{t('experimentGroups')}</dt>
        <dd>
          {seen.length === 0 && t('unknown')}
          {seen.map(group => (
            <span key={group} class="group" data-own={group === enrollment?.group}>
              {visible(group, 80)}
            </span>
          ))}
        </dd>
        <dt>{t('experimentAssigned')}</dt>
        <dd>
          {enrollment
            ? t('experimentBy', visible(enrollment.group, 80), t(`source_${enrollment.source}`))
            : t('experimentNotAssigned')}
          {candidates.length > 1 && (
            <ol class="sources">
              {candidates.map(({ source, group }, index) => (
                <li key={source} data-counts={index === 0}>
                  {t(`source_${source}`)}: {visible(group, 80)}
                </li>
              ))}
            </ol>
          )}
        </dd>
        <dt>{t('kind_subject')}</dt>
        <dd>
          <code>{subject === null ? '–' : visible(subject, 80)}</code>
        </dd>
        <dt>{t('experimentConfig')}</dt>
        <dd>{t(configured === null ? 'unknown' : configured ? 'experimentConfigured' : 'experimentNotConfigured')}</dd>
        <dt>{t('experimentEvents')}</dt>
        <dd>
          <Silence what="getExperiment" reason={silences.send} />
          {compat.send !== silences.send && <Silence what="compat.getExperiment" reason={compat.send} />}
          {experiment.sendsAsOverridden && <p data-tone="warning">{t('experimentAsOverridden')}</p>}
        </dd>
        <dt>{t('exposureLog')}</dt>
        <dd>
          <ExposureLog experiment={experiment} />
        </dd>
        <dt>{t('bodyClasses')}</dt>
        <dd>
          <BodyClasses experiment={experiment} />
        </dd>
      </dl>
      <AssignmentForm experiment={experiment} />
    </article>
  );
}

function Silence({ what, reason }: { what: string; reason: SeenExperiment['silences']['send'] }) {
  return (
    <p>
      <code>{what}</code>{' '}
      {reason === null ? (
        <b class="sends">{t('experimentSends')}</b>
      ) : (
        <>
          <b class="silent">{t('experimentNotSent')}</b> {explainReason(reason, null)}
        </>
      )}
    </p>
  );
}
