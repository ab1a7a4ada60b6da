/** Judges a session by its plan, as its records come: each is looked at when it comes and when it changes. */

import { textAt } from '../../platform/json.ts';
import type { Record } from '../../record/record.ts';
import type { Expectation, Plan, Selector } from '../plan/types.ts';
import { titleOf } from '../plan/words.ts';
import * as kinds from './kinds.ts';
import { compileSelector, type Match } from './match.ts';
import type { Answer, Entry, Members, Result } from './types.ts';

/** What is known of a session beside its records. */
export interface Known {
  /** Whether any override was in force. */
  override?: boolean;
  /** The user's group of each experiment. */
  groups?: { [experiment: string]: string };
}

export interface Judge {
  /** A record that has come, or has changed. `index`: its place in the order of arrival, always the same. */
  take(record: Record, index: number): void;
  /** The session began. Times are milliseconds since the epoch. */
  begin(time: number): void;
  /** The tester began a step. */
  mark(step: string, time: number): void;
  /** A page was loaded in the top frame: steps that wait for its address begin. */
  load(url: string, time: number): void;
  known(known: Known): void;
  /** Nothing more will come. */
  end(): void;
  /** In the order of the plan, steps first. */
  results(): Result[];
}

/** The members of one selector, by the record's index. */
interface Watched {
  match: Match;
  fits: Map<number, 'yes' | 'maybe'>;
}

interface Watch {
  id: string;
  /** Place of the step in the plan; null for the whole session. */
  step: number | null;
  expectation: Expectation;
  of: Watched | null;
  have: Match | null;
  anchor: Watched | null;
  list: Watched[];
  streams: Watched | null;
  result: Result | null;
}

const MOST_RECORDS = 50;

const order = (a: Entry, b: Entry) => a.time - b.time || a.index - b.index;

export function createJudge(plan: Plan): Judge {
  const entries = new Map<number, Entry>();
  const watched: Watched[] = [];
  /** What was accepted on each stream; in order as soon as that is asked for. */
  const byStream = new Map<string, Set<Entry>>();
  const inOrder = new Map<string, Entry[]>();
  /** Each record's stream, as it was when it was last looked at. */
  const streams = new Map<number, string | null>();
  const began = plan.steps.map((): number | null => null);
  const groups = new Map<string, string>();
  let overridden = false;
  let started: number | null = null;
  let ended = false;

  const watch = (selector: Selector): Watched => {
    const one = { match: compileSelector(selector), fits: new Map() };
    watched.push(one);
    return one;
  };

  function watchFor(expectation: Expectation, step: number | null, place: number): Watch {
    const { of, have, notBefore, nothingElse } = expectation;
    const list = expectation.sequence ?? expectation.anywhere ?? expectation.directlyAfter ?? [];
    return {
      id: `${step === null ? 0 : step + 1}.${place + 1}`,
      step,
      expectation,
      of: of ? watch(of) : null,
      have: have ? compileSelector(have) : null,
      anchor: notBefore && !('step' in notBefore) ? watch(notBefore) : null,
      list: list.map(watch),
      streams: nothingElse === undefined ? null : watch({ stream: nothingElse }),
      result: null,
    };
  }
  const watches = [
    ...plan.steps.flatMap(({ expect }, step) => expect.map((one, place) => watchFor(one, step, place))),
    ...plan.expect.map((one, place) => watchFor(one, null, place)),
  ];

  function dirty(): void {
    inOrder.clear();
    for (const one of watches) one.result = null;
  }

  /** From when to when a step lasts; null where it has not begun. */
  function spanOf(step: number): { from: number; to: number; begin: number | null } | null {
    const own = began[step] ?? null;
    if (own === null && step > 0) return null;
    const from = step === 0 ? -Infinity : (own ?? -Infinity);
    const later = began.flatMap((time, other) =>
      time !== null && other !== step && time >= (own ?? -Infinity) && (time > (own ?? -Infinity) || other > step)
        ? [time]
        : [],
    );
    return { from, to: Math.min(Infinity, ...later), begin: own ?? started };
  }

  function membersOf({ fits }: Watched, from: number, to: number): Members {
    const members: Members = { yes: [], maybe: [] };
    for (const [index, fit] of fits) {
      const entry = entries.get(index);
      if (entry && entry.time >= from && entry.time < to) members[fit].push(entry);
    }
    for (const list of [members.yes, members.maybe]) list.sort(order);
    return members;
  }

  /** Whether the session is of the kind that an expectation is about; null while that is not known. */
  function applies({ for: whom }: Expectation): boolean | null {
    if (!whom) return true;
    if (whom.override !== undefined && whom.override !== overridden) return ended || !whom.override ? false : null;
    if (whom.experiment === undefined) return true;
    const group = groups.get(whom.experiment);
    if (group === undefined) return ended ? false : null;
    return whom.group === undefined || whom.group === group;
  }

  function before(entry: Entry): Entry | null {
    const stream = entry.record.stream ?? '';
    const sorted = inOrder.get(stream) ?? [...(byStream.get(stream) ?? [])].sort(order);
    inOrder.set(stream, sorted);
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = sorted[middle];
      if (other && kinds.isBefore(other, entry)) low = middle + 1;
      else high = middle;
    }
    return sorted[low - 1] ?? null;
  }

  function keepByStream(entry: Entry, old: string | null): void {
    const { stream, decision } = entry.record;
    if (old !== null) byStream.get(old)?.delete(entry);
    if (stream === null || (decision.state !== 'accepted' && decision.state !== 'unknown')) return;
    const set = byStream.get(stream) ?? new Set();
    byStream.set(stream, set.add(entry));
  }

  /** What expectations that count or list records speak of, in this step or of the whole session. */
  function isSpokenOf(watch: Watch, { index }: Entry): boolean {
    return watches.some(other => {
      if (other === watch || (other.step !== null && watch.step !== null && other.step !== watch.step)) return false;
      const { exactly, atLeast, atMost, never, sequence, anywhere } = other.expectation;
      const counts = [exactly, atLeast, atMost, never].some(one => one !== undefined);
      const speaking = counts ? [other.of] : sequence || anywhere ? other.list : [];
      return speaking.some(one => one?.fits.has(index));
    });
  }

  function anchorOf(watch: Watch): { anchor: Entry | null; mayCome: boolean } {
    const { notBefore } = watch.expectation;
    if (notBefore && 'step' in notBefore) {
      const place = plan.steps.findIndex(({ step }) => step === notBefore.step);
      const time = place === 0 ? (began[0] ?? started) : (began[place] ?? null);
      const stand = [...entries.values()][0];
      return { anchor: time === null || !stand ? null : { ...stand, time, index: -1 }, mayCome: false };
    }
    const members = watch.anchor ? membersOf(watch.anchor, -Infinity, Infinity) : null;
    return { anchor: members?.yes[0] ?? null, mayCome: (members?.maybe.length ?? 0) > 0 };
  }

  function judge(watch: Watch): Answer {
    const { expectation, step } = watch;
    const concerned = applies(expectation);
    if (concerned === false) return kinds.answer('skipped', 'It is about sessions of another kind.');
    if (concerned === null) return kinds.answer('open', 'It is not known yet whether it is about this session.');
    const span = step === null ? { from: -Infinity, to: Infinity, begin: started } : spanOf(step);
    if (!span)
      return kinds.answer(ended ? 'fail' : 'open', ended ? 'The step never began.' : 'The step has not begun.');
    const { from, to, begin } = span;
    const closed = ended || to < Infinity;
    const of = watch.of ? membersOf(watch.of, from, to) : { yes: [], maybe: [] };
    const list = watch.list.map(one => membersOf(one, from, to));
    if (watch.have) return kinds.have(watch.have, of, closed);
    if (expectation.within !== undefined) return kinds.within(expectation.within, begin, of, closed);
    if (expectation.notBefore) {
      const { anchor, mayCome } = anchorOf(watch);
      return kinds.notBefore(anchor, mayCome && !ended, of, closed);
    }
    if (expectation.noDuplicates) return kinds.noDuplicates(expectation.noDuplicates, of, closed);
    if (expectation.funnel) return kinds.funnel(of, closed);
    if (expectation.sequence) return kinds.sequence(list, closed);
    if (expectation.anywhere) return kinds.anywhere(list, closed);
    const [, second] = list;
    if (expectation.directlyAfter && watch.list[0] && second) {
      // The first may have come in an earlier step.
      return kinds.directlyAfter([membersOf(watch.list[0], -Infinity, Infinity), second], before, closed);
    }
    if (watch.streams) {
      return kinds.nothingElse(membersOf(watch.streams, from, to), entry => isSpokenOf(watch, entry), closed);
    }
    return kinds.count(expectation, of, closed);
  }

  function resultOf(watch: Watch): Result {
    const { state, why, entries: decided } = judge(watch);
    const { expectation, step, id } = watch;
    return {
      id,
      step: step === null ? null : (plan.steps[step]?.step ?? null),
      name: titleOf(expectation),
      expectation,
      // What is open for want of more records is decided when no more come.
      state: ended && state === 'open' ? 'fail' : state,
      why,
      records: decided.slice(0, MOST_RECORDS).map(({ record }) => record.id),
    };
  }

  return {
    take(record, index) {
      const known = entries.get(index);
      const entry = known ?? { record, time: Date.parse(record.time) || 0, index };
      entry.record = record;
      if (!known) entries.set(index, entry);
      keepByStream(entry, streams.get(index) ?? null);
      streams.set(index, record.stream);
      const enrolled = textAt(record.event, 'experiment', 'enrolled');
      const assigned = textAt(record.event, 'experiment', 'assigned');
      if (enrolled !== null && assigned !== null) groups.set(enrolled, assigned);
      if (record.override) overridden = true;
      for (const { match, fits } of watched) {
        const fit = match(record);
        if (fit === 'no') fits.delete(index);
        else fits.set(index, fit);
      }
      dirty();
    },
    begin(time) {
      started ??= time;
      dirty();
    },
    mark(step, time) {
      const place = plan.steps.findIndex(one => one.step === step);
      if (place >= 0) began[place] ??= time;
      dirty();
    },
    load(url, time) {
      const last = began.findLastIndex(one => one !== null);
      const place = plan.steps.findIndex(
        (step, index) => index > last && step.url !== undefined && url.includes(step.url),
      );
      if (place >= 0) began[place] ??= time;
      dirty();
    },
    known({ override, groups: more = {} }) {
      overridden ||= override ?? false;
      for (const [experiment, group] of Object.entries(more)) groups.set(experiment, group);
      dirty();
    },
    end() {
      ended = true;
      dirty();
    },
    results: () => watches.map(watch => (watch.result ??= resultOf(watch))),
  };
}
