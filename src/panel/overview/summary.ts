import { isRefused } from '../../log/refused.ts';
import { laneOf } from '../../log/timeline/lanes.ts';
import type { PageLoad } from '../../log/types.ts';
import type { ContextFact } from '../../record/facts.ts';
import type { DeliveryState, Reason, VerdictName } from '../../record/lists.ts';
import type { Finding, Record } from '../../record/record.ts';
import { subjectOf } from '../events/cells.ts';
import { entriesOf, type Entry } from '../sampling/entries.ts';

/** Records that are alike: how many, and the newest of them, by which all are explained. */
export interface Alike<K> {
  /** The stream, instrument or experiment; null where the calls name none. */
  subject: string | null;
  what: K;
  count: number;
  newest: Record;
}

/** What is wrong with records, the worst first. */
export type Wrong =
  | { kind: 'refused'; verdict: VerdictName }
  | { kind: 'delivery'; delivery: DeliveryState }
  | { kind: 'status'; status: number }
  | { kind: 'threw' }
  | { kind: 'disagrees' }
  | { kind: 'check'; check: string; finding: Finding };

export interface Summary {
  calls: number;
  /** Accepted, and to be taken by the intake as far as is known, by stream. */
  emitted: Alike<null>[];
  dropped: Alike<Reason | null>[];
  wrong: Alike<Wrong>[];
  /** Events that wait in a client's queue. */
  queued: number;
  /** Events that an override keeps from the intake. */
  held: number;
  /** Facts that nobody has. */
  missed: number;
}

const FAILED: readonly DeliveryState[] = ['refused', 'blocked', 'lost'];
const ORDER: readonly Wrong['kind'][] = ['refused', 'status', 'threw', 'delivery', 'disagrees', 'check'];

/** The page loads that are there now: the tab's page and the frames in it. */
export const presentLoads = (loads: readonly PageLoad[]): PageLoad[] => loads.filter(({ ended }) => ended === null);

/** What the page loads emitted, what was dropped and what is wrong: alike records together, the most first. */
export function summaryOf(loads: readonly PageLoad[], records: readonly Record[]): Summary {
  const present = new Set(loads.map(({ load }) => load));
  const emitted = new Map<string, Alike<null>>();
  const dropped = new Map<string, Alike<Reason | null>>();
  const wrong = new Map<string, Alike<Wrong>>();
  const summary = { calls: 0, queued: 0, held: 0 };
  for (const record of records) {
    if (!present.has(record.page.load)) continue;
    const { decision, delivery } = record;
    summary.calls++;
    if (delivery.state === 'queued') summary.queued++;
    if (delivery.state === 'held') summary.held++;
    for (const what of wrongsOf(record)) note(wrong, record, what, subjectOf(record));
    if (decision.state === 'dropped' && decision.reason !== 'threw')
      note(dropped, record, decision.reason, subjectOf(record));
    if (decision.state === 'accepted' && !isRefused(record.verdict.verdict))
      note(emitted, record, null, laneOf(record));
  }
  const holes = loads.flatMap(load => load.holes);
  return {
    ...summary,
    emitted: most(emitted),
    dropped: most(dropped),
    wrong: most(wrong).sort((a, b) => ORDER.indexOf(a.what.kind) - ORDER.indexOf(b.what.kind)),
    missed: holes.reduce((sum, { from, to }) => sum + to - from + 1, 0),
  };
}

function wrongsOf({ decision, delivery, verdict, checks }: Record): Wrong[] {
  const wrongs: Wrong[] = [];
  if (decision.state === 'accepted' && isRefused(verdict.verdict))
    wrongs.push({ kind: 'refused', verdict: verdict.verdict });
  if (delivery.status !== null && delivery.status >= 400) wrongs.push({ kind: 'status', status: delivery.status });
  if (decision.reason === 'threw') wrongs.push({ kind: 'threw' });
  if (FAILED.includes(delivery.state)) wrongs.push({ kind: 'delivery', delivery: delivery.state });
  if (!decision.agrees) wrongs.push({ kind: 'disagrees' });
  for (const finding of checks)
    if (finding.severity === 'error') wrongs.push({ kind: 'check', check: finding.check, finding });
  return wrongs;
}

function note<K>(all: Map<string, Alike<K>>, record: Record, what: K, subject: string | null): void {
  const key = JSON.stringify([subject, what], (name, value: unknown) => (name === 'finding' ? undefined : value));
  const known = all.get(key);
  if (known) Object.assign(known, { count: known.count + 1, newest: record });
  else all.set(key, { subject, what, count: 1, newest: record });
}

const most = <K>(all: Map<string, Alike<K>>): Alike<K>[] => [...all.values()].sort((a, b) => b.count - a.count);

/** What a page can emit, as its configs say. */
export interface Possible {
  streams: Entry[];
  instruments: Entry[];
  experiments: string[];
  /** Stream configs are switched off: the client takes every stream. */
  anyStream: boolean;
}

export function possibleOf(context: ContextFact | null): Possible {
  const entries = context ? entriesOf(context) : [];
  const experiments: unknown = context?.experiments;
  return {
    streams: entries.filter(({ target }) => target.kind === 'stream'),
    instruments: entries.filter(({ target }) => target.kind === 'instrument'),
    experiments: typeof experiments === 'object' && experiments !== null ? Object.keys(experiments) : [],
    anyStream: context?.streams === false,
  };
}

/** The one thing to do next. */
export type Step =
  | { step: 'wrong'; record: Record; subject: string | null; count: number }
  | { step: 'dropped'; record: Record; subject: string | null; count: number }
  | { step: 'flush'; count: number }
  | { step: 'use' }
  | { step: 'sample' };

export function nextStep({ calls, wrong, dropped, queued }: Summary): Step {
  const worst = wrong[0] ?? null;
  if (worst) return { step: 'wrong', record: worst.newest, subject: worst.subject, count: worst.count };
  const silent = dropped[0] ?? null;
  if (silent) return { step: 'dropped', record: silent.newest, subject: silent.subject, count: silent.count };
  if (queued > 0) return { step: 'flush', count: queued };
  return calls === 0 ? { step: 'use' } : { step: 'sample' };
}
