import { useMemo } from 'preact/hooks';
import { number, plural, t } from '../i18n.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { Icon } from '../shared/icon.tsx';
import { Identifier, Name } from '../shared/name.tsx';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { seenIdentifiers, type SeenIdentifier } from './identifiers.ts';
import '../experiments/experiments.css';

/** So many streams are listed for an identifier. */
const SHOWN = 30;

const KEYS = { session: 'session', pageview: 'pageview', 'el-session': 'el_session', subject: 'subject' } as const;
type Key = (typeof KEYS)[keyof typeof KEYS];

/** The identifiers of the page: value, where each lives, when it ends, and which events carry it. */
export function IdentifiersView() {
  const panel = usePanel();
  const revision = usePanelState(state => state.revision);
  const load = panel.current();
  const identifiers = useMemo(() => {
    const records = panel.log.records.filter(({ page }) => page.load === load?.load);
    return seenIdentifiers(load?.context ?? null, records);
  }, [load, revision]);
  return (
    <div class="cards">
      {identifiers.map(one => (
        <Card key={one.entry.kind} identifier={one} />
      ))}
      <p class="note">{t('noAppInstall')}</p>
    </div>
  );
}

function Card({ identifier: { entry, value, formats, carriers } }: { identifier: SeenIdentifier }) {
  const key: Key = KEYS[entry.kind as keyof typeof KEYS];
  return (
    <article data-identifier={entry.kind}>
      <header>
        <h2>{t(`kind_${key}`)}</h2>
        {value === null ? <span class="more">{t('identifierUnseen')}</span> : <Identifier id={value} />}
        {value !== null && <CopyButton label={t('copyJson')} text={() => value} />}
      </header>
      <dl class="facts">
        <dt>{t('identifierPlace')}</dt>
        <dd>{t(`place_${key}`)}</dd>
        <dt>{t('identifierMade')}</dt>
        <dd>{t(`made_${key}`)}</dd>
        <dt>{t('identifierEnds')}</dt>
        <dd>{t(`ends_${key}`)}</dd>
        <dt>{t('identifierFormat')}</dt>
        <dd>
          {t(`format_${key}`)}{' '}
          {formats.map(
            ({ platform, ok }) =>
              ok !== null && (
                <span key={platform} class="format" data-tone={ok ? 'good' : platform === 'web' ? 'error' : 'quiet'}>
                  <Icon name={ok ? 'accepted' : 'wrong'} />{' '}
                  {t(ok ? 'formatFits' : 'formatFails', t(`platform_${platform}`))}
                </span>
              ),
          )}
        </dd>
        <dt>{t('identifierSamples')}</dt>
        <dd>{t(entry.samples ? 'identifierCanSample' : 'identifierCannotSample')}</dd>
      </dl>
      {carriers.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('stream')}</th>
              <th scope="col">{t('identifierField')}</th>
              <th scope="col">{t('view_events')}</th>
              <th scope="col">{t('identifierOthers')}</th>
            </tr>
          </thead>
          <tbody>
            {carriers.slice(0, SHOWN).map(({ stream, field, events, others }) => (
              <tr key={`${stream} ${field}`}>
                <td>{stream === '' ? t('unknown') : <Name name={stream} />}</td>
                <td>
                  <code>{field}</code>
                </td>
                <td class="count">{number(events)}</td>
                <td class="count" data-tone={others > 0 ? 'warning' : 'quiet'}>
                  {others === 0 ? '–' : number(others)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {carriers.length === 0 && <p class="note">{t('identifierNotCarried')}</p>}
      {carriers.length > SHOWN && <p class="note">{plural('identifierMore', carriers.length - SHOWN)}</p>}
    </article>
  );
}
