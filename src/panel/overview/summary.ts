import { isRefused } from '../../log/refused.ts';
import { laneOf } from '../../log/timeline/lanes.ts';
import type { PageLoad } from '../../log/types.ts';
import type { ContextFact } from '../../record/facts.ts';
import type { DeliveryState, Reason, VerdictName } from '../../record/lists.ts';
import type { Record } from '../../record/record.ts';
import { subjectOf } from '../events/cells.ts';
import { entriesOf, type Entry } from '../sampling/entries.ts';
import { createTally, type Tally } from '../store/tally.ts';

/** Calls of which one line tells: how many, and the newest of them, by which all are explained. */
export interface Line<K> {
  key: string;
  /** The stream, instrument or experiment; null where the calls name none. */
  subject: string | null;
  what: K;
  count: number;
  newest: Record;
}

/** What is wrong with a call, the worst first. */
export type Wrong =
  | { kind: 'refused'; verdict: VerdictName }
  | { kind: 'delivery'; delivery: DeliveryState }
  | { kind: 'status'; status: number }
  | { kind: 'threw' }
  | { kind: 'disagrees' }
  | { kind: 'check'; check: string };

export interface Summary {
  calls: number;
  /** Accepted, and to be taken by the intake as far as is known, by stream. */
  emitted: Line<null>[];
  dropped: Line<Reason | null>[];
  wrong: Line<Wrong>[];
  /** Events that wait in a client's queue. */
  queued: number;
  /** Events that an override keeps from the intake. */
  held: number;
  /** Facts that nobody has. */
  missed: number;
}

/** What the overview tells of a call. */
export interface Told {
  subject: string | null;
  lane: string | null;
  emitted: boolean;
  dropped: boolean;
  reason: Reason | null;
  delivery: DeliveryState;
  wrong: Wrong[];
}

const FAILED: readonly DeliveryState[] = ['refused', 'blocked', 'lost'];
const ORDER: readonly Wrong['kind'][] = ['refused', 'status', 'threw', 'delivery', 'disagrees', 'check'];

/** The page loads that are there now: the tab's page and the frames in it. */
export const presentLoads = (loads: readonly PageLoad[]): PageLoad[] => loads.filter(({ ended }) => ended === null);

export function toldOf(record: Record): Told {
  const { decision, delivery, verdict } = record;
  return {
    subject: subjectOf(record),
    lane: laneOf(record),
    emitted: decision.state === 'accepted' && !isRefused(verdict.verdict),
    dropped: decision.state === 'dropped' && decision.reason !== 'threw',
    reason: decision.reason,
    delivery: delivery.state,
    wrong: wrongsOf(record),
  };
}

/** Calls by what the overview tells of them. */
export const overviewTally = (): Tally<Told> => createTally(toldOf);

/** What the page loads emitted, what was dropped and what is wrong: a line for all that are alike, the most first. */
export function summaryOf(loads: readonly PageLoad[], tally: Tally<Told>, records: readonly Record[]): Summary {
  const emitted = createLines<null>(records);
  const dropped = createLines<Reason | null>(records);
  const wrong = createLines<Wrong>(records);
  const summary = { calls: 0, queued: 0, held: 0, missed: 0 };
  for (const { load, holes } of loads) {
    for (const { from, to } of holes) summary.missed += to - from + 1;
    for (const { what: told, indexes } of tally.of(load)) {
      const { subject, lane, reason, delivery } = told;
      summary.calls += indexes.length;
      if (delivery === 'queued') summary.queued += indexes.length;
      if (delivery === 'held') summary.held += indexes.length;
      for (const one of told.wrong) wrong.add(subject, one, indexes);
      if (told.dropped) dropped.add(subject, reason, indexes);
      if (told.emitted) emitted.add(lane, null, indexes);
    }
  }
  return {
    ...summary,
    emitted: emitted.most(),
    dropped: dropped.most(),
    wrong: wrong.most().sort((a, b) => ORDER.indexOf(a.what.kind) - ORDER.indexOf(b.what.kind)),
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
  const errors = checks.filter(({ severity }) => severity === 'error');
  for (const check of new Set(errors.map(({ check }) => check))) wrongs.push({ kind: 'check', check });
  return wrongs;
}

/** Gathers calls into lines. */
function createLines<K>(records: readonly Record[]) {
  const lines = new Map<string, { subject: string | null; what: K; count: number; first: number; last: number }>();
  return {
    add(subject: string | null, what: K, indexes: readonly number[]): void {
      const key = JSON.stringify([subject, what]);
      const line = lines.get(key) ?? { subject, what, count: 0, first: Infinity, last: -1 };
      line.count += indexes.length;
      line.first = Math.min(line.first, indexes[0] ?? Infinity);
      line.last = Math.max(line.last, indexes.at(-1) ?? -1);
      lines.set(key, line);
    },
    /** The most first; of as many, those that came first. */
    most(): Line<K>[] {
      return [...lines]
        .sort(([a, one], [b, other]) => other.count - one.count || one.first - other.first || (a < b ? -1 : 1))
        .flatMap(([key, { subject, what, count, last }]) => {
          const newest = records[last];
          return newest ? { key, subject, what, count, newest } : [];
        });
    },
  };
}

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
