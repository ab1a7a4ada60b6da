import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Client } from '../../record/lists.ts';
import type { Record } from '../../record/record.ts';
import { explainError } from '../checks/marks.ts';
import { type Cell, deliveryCell, verdictCell } from '../events/cells.ts';
import { EmptyState, emptiness } from '../events/empty-state.tsx';
import { explainDelivery, explainReason, explainSampling, explainVerdict } from '../explain.ts';
import { number, plural, t } from '../i18n.ts';
import type { Entry } from '../sampling/entries.ts';
import { Calm } from '../shared/calm.tsx';
import { Icon, type IconName } from '../shared/icon.tsx';
import { Identifier, Name } from '../shared/name.tsx';
import { shortUrl, visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { useFollowed } from '../shared/use-followed.ts';
import type { View } from '../store/state.ts';
import {
  type Line,
  nextStep,
  overviewTally,
  possibleOf,
  presentLoads,
  type Step,
  summaryOf,
  type Wrong,
} from './summary.ts';
import './overview.css';

/** So many lines of a kind are shown; the rest is in the list of events. */
const SHOWN = 8;

/** What this page can emit, what it did emit, what was dropped and why, what is wrong, and the one next step. */
export function OverviewView() {
  const panel = usePanel();
  const { reader, drawn, isWhole } = useFollowed(panel.followed(overviewTally));
  const load = panel.current();
  const context = load?.context ?? null;
  const present = presentLoads(panel.log.loads);
  const summary = useMemo(() => summaryOf(present, reader, panel.log.records), [drawn, reader]);
  const possible = useMemo(() => possibleOf(context), [context]);
  const nothing = usePanelState(state => emptiness(panel, state));

  if (nothing !== null && nothing !== 'calls') return <EmptyState />;
  return (
    <div class="overview" aria-busy={!isWhole}>
      <div class="head">
        <h2 title={visible(load?.url ?? '', 2_000)}>
          <bdi>{visible(shortUrl(load?.url ?? ''), 200)}</bdi>
        </h2>
        <dl>
          <Fact label={t('overviewClients')}>{context?.clients.map(clientName).join(', ') || t('unknown')}</Fact>
          <Fact label={t('wiki')}>{visible(context?.wiki ?? t('unknown'), 60)}</Fact>
          <Fact label={t('session')}>{load?.session ? <Identifier id={load.session} /> : t('unknown')}</Fact>
        </dl>
        <Next step={nextStep(summary)} />
      </div>
      <div class="parts">
        <Card title={t('overviewWrong')} count={sum(summary.wrong)} tone={summary.wrong.length > 0 ? 'error' : 'good'}>
          {summary.wrong.length === 0 && (
            <p>{t(summary.calls === 0 ? 'overviewNothingYet' : 'overviewNothingWrong')}</p>
          )}
          <Lines all={summary.wrong} why={({ what, newest }) => wrongText(what, newest)} />
          {summary.missed > 0 && <p data-tone="warning">{plural('overviewMissed', summary.missed)}</p>}
        </Card>
        <Card title={t('overviewDropped')} count={sum(summary.dropped)} tone="warning">
          {summary.dropped.length === 0 && <p>{t('overviewNothingDropped')}</p>}
          <Lines
            all={summary.dropped}
            why={({ what, newest }) => (what === null ? t('reasonUnlisted') : dropText(newest))}
          />
        </Card>
        <Card title={t('overviewEmitted')} count={sum(summary.emitted)} tone="good">
          {summary.emitted.length === 0 && <p>{t('overviewNothingEmitted')}</p>}
          <Lines
            all={summary.emitted}
            why={({ newest }) => `${wordsOf(deliveryCell(newest))} · ${wordsOf(verdictCell(newest))}`}
            hint={({ newest }) => `${explainDelivery(newest.delivery)} ${explainVerdict(newest.verdict)}`}
          />
          {summary.queued > 0 && <p data-tone="waiting">{plural('overviewQueued', summary.queued)}</p>}
          {summary.held > 0 && <p data-tone="waiting">{plural('overviewHeld', summary.held)}</p>}
        </Card>
        <Card title={t('overviewPossible')}>
          {possible.anyStream && <p>{t('streamsOff')}</p>}
          <Possible
            label={plural('overviewInstruments', possible.instruments.length)}
            entries={possible.instruments}
            view="sampling"
          />
          <Possible
            label={plural('overviewStreams', possible.streams.length)}
            entries={possible.streams}
            view="sampling"
          />
          <p class="possible">
            <span class="grow">{plural('overviewExperiments', possible.experiments.length)}</span>
            <Go view="experiments" />
          </p>
        </Card>
      </div>
    </div>
  );
}

const sum = (all: readonly { count: number }[]): number => all.reduce((total, { count }) => total + count, 0);

/** As the list of events has it. */
const wordsOf = ({ word, more }: Cell): string => (more === '' ? word : `${word} ${more}`);

const CLIENT_NAMES: { readonly [C in Client]?: string } = {
  'event-logging': 'EventLogging',
  'test-kitchen': 'Test Kitchen',
  xlab: 'xLab',
  'metrics-client': 'MetricsClient',
};
const clientName = (client: Client): string => CLIENT_NAMES[client] ?? visible(client, 40);

function dropText({ decision }: Record): string {
  const { reason, sampling } = decision;
  if (reason === 'out-of-sample' && sampling) return explainSampling(sampling);
  return reason ? explainReason(reason, sampling) : t('reasonUnlisted');
}

function wrongText(what: Wrong, { verdict, delivery, checks }: Record): string {
  switch (what.kind) {
    case 'refused': {
      const [first] = verdict.errors;
      const error = first && ` ${visible(first.at ?? first.instancePath, 100) || '/'}: ${explainError(first)}`;
      return `${explainVerdict(verdict)}${error ?? ''}`;
    }
    case 'status':
    case 'delivery':
      return explainDelivery(delivery);
    case 'threw':
      return explainReason('threw', null);
    case 'disagrees':
      return t('disagrees');
    case 'check':
      return visible(checks.find(({ check }) => check === what.check)?.message ?? what.check, 200);
  }
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Card({
  title,
  count,
  tone,
  children,
}: {
  title: string;
  count?: number;
  tone?: string;
  children: ComponentChildren;
}) {
  return (
    <section>
      <h3>
        {title}{' '}
        {count !== undefined && (
          <span class="count" data-tone={count > 0 ? tone : 'quiet'}>
            {number(count)}
          </span>
        )}
      </h3>
      {children}
    </section>
  );
}

interface LinesProps<K> {
  all: readonly Line<K>[];
  why: (line: Line<K>) => string;
  hint?: (line: Line<K>) => string;
}

/** One line for records that are alike; a click opens the newest of them. */
function Lines<K>({ all, why, hint }: LinesProps<K>) {
  const panel = usePanel();
  const more = all.length - SHOWN;
  if (all.length === 0) return null;
  return (
    <ul class="plain">
      {all.slice(0, SHOWN).map(line => (
        <li key={line.key}>
          <button type="button" class="line" title={hint?.(line)} onClick={() => panel.reveal(line.newest.id)}>
            {line.subject === null ? (
              <span class="name">{visible(line.newest.api, 120)}</span>
            ) : (
              <Name name={line.subject} />
            )}
            <span class="count">{plural('times', line.count)}</span>
            <span class="why">{why(line)}</span>
          </button>
        </li>
      ))}
      {more > 0 && (
        <li class="more">
          {plural('overviewMore', more)} <Go view="events" />
        </li>
      )}
    </ul>
  );
}

/** Streams or instruments, of which those out of sample are named: they send nothing, however often they are called. */
function Possible({ label, entries, view }: { label: string; entries: readonly Entry[]; view: View }) {
  const silent = entries.filter(({ sampling }) => sampling.inSample === false);
  return (
    <>
      <p class="possible">
        <span class="grow">
          {label}
          {silent.length > 0 && <span class="more"> {plural('overviewOut', silent.length)}</span>}
        </span>
        <Go view={view} />
      </p>
      {silent.length > 0 && (
        <ul class="plain out">
          {silent.slice(0, SHOWN).map(({ target, sampling }) => (
            <li key={target.name} title={explainSampling(sampling)}>
              <Name name={target.name} />
            </li>
          ))}
          {silent.length > SHOWN && <li class="more">{plural('overviewMore', silent.length - SHOWN)}</li>}
        </ul>
      )}
    </>
  );
}

function Go({ view }: { view: View }) {
  const panel = usePanel();
  return (
    <button type="button" class="link" onClick={() => panel.show(view)}>
      {t('overviewGo', t(`view_${view}`))}
    </button>
  );
}

const NEXT_ICONS: { readonly [S in Step['step']]: IconName } = {
  wrong: 'warning',
  dropped: 'dropped',
  flush: 'waiting',
  use: 'answered',
  sample: 'success',
};

function Next({ step }: { step: Step }) {
  const panel = usePanel();
  const subject = 'subject' in step ? visible(step.subject ?? t('unknown'), 80) : '';
  const button = (label: string, run: () => void) => (
    <button type="button" class="button primary" onClick={run}>
      {label}
    </button>
  );
  const text = 'count' in step ? plural(`next_${step.step}`, step.count, subject) : t(`next_${step.step}`);
  return (
    <p class="next" data-step={step.step}>
      <Icon name={NEXT_ICONS[step.step]} />
      <span class="grow">{text}</span>
      <Calm text={text} />
      {'record' in step && button(t('nextSee'), () => panel.reveal(step.record.id))}
      {step.step === 'flush' && button(t('flush'), () => panel.flush())}
      {step.step === 'sample' && button(t('nextSampling'), () => panel.show('sampling'))}
    </p>
  );
}
