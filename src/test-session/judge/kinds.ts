/** What makes each kind of expectation pass or fail. All take members within the step's time, in order. */

import { at, textAt } from '../../platform/json.ts';
import { contentOf } from '../content.ts';
import { durationOf } from '../plan/duration.ts';
import { stepsOf, valueAt } from '../plan/path.ts';
import type { Expectation } from '../plan/types.ts';
import type { Match } from './match.ts';
import type { Answer, Entry, Members, State } from './types.ts';

export const answer = (state: State, why: string, entries: Entry[] = []): Answer => ({ state, why, entries });

export const isBefore = (one: Entry, other: Entry): boolean =>
  one.time < other.time || (one.time === other.time && one.index < other.index);

const records = (count: number): string => `${count} record${count === 1 ? '' : 's'}`;

/** Nothing is against it so far: that is enough once no more can come. */
function unlessMore(holds: string, entries: Entry[], { maybe }: Members, closed: boolean): Answer {
  if (!closed) return answer('open', `${holds} so far.`, entries);
  if (maybe.length > 0) return answer('open', `${holds}; of ${records(maybe.length)} it is not known yet.`, entries);
  return answer('pass', `${holds}.`, entries);
}

export function count({ exactly, atLeast, atMost, never }: Expectation, members: Members, closed: boolean): Answer {
  const least = exactly ?? atLeast ?? 0;
  const most = never ? 0 : (exactly ?? atMost ?? Infinity);
  const { yes, maybe } = members;
  const wanted =
    least === most
      ? `${least}`
      : most === Infinity
        ? `at least ${least}`
        : least === 0
          ? `at most ${most}`
          : `${least} to ${most}`;
  const there = `There ${yes.length === 1 ? 'is' : 'are'} ${records(yes.length)}, ${wanted} expected`;
  if (yes.length > most) return answer('fail', `${there}.`, yes);
  if (yes.length < least) {
    const decided = closed && yes.length + maybe.length < least;
    return answer(decided ? 'fail' : 'open', decided ? `${there}.` : `${there}: still to come.`, yes);
  }
  // What was to come has come; that no more comes is certain only at the end.
  if (least > 0 && maybe.length === 0) return answer('pass', `${there}.`, yes);
  if (most === Infinity) return answer('pass', `${there}.`, yes);
  return unlessMore(there, yes, members, closed);
}

export function have(match: Match, members: Members, closed: boolean): Answer {
  const fits = members.yes.map(entry => ({ entry, fit: match(entry.record) }));
  const wrong = fits.filter(({ fit }) => fit === 'no').map(({ entry }) => entry);
  if (wrong.length > 0)
    return answer('fail', `${records(wrong.length)} of ${members.yes.length} are otherwise.`, wrong);
  const unsure = fits.filter(({ fit }) => fit === 'maybe').map(({ entry }) => entry);
  if (unsure.length > 0) return answer('open', `Of ${records(unsure.length)} it is not known yet.`, unsure);
  return unlessMore(`All of ${records(members.yes.length)} are such`, members.yes, members, closed);
}

export function within(duration: string, begin: number | null, members: Members, closed: boolean): Answer {
  const most = durationOf(duration) ?? 0;
  if (begin === null) return answer('open', 'It is not known when the step began.');
  const late = members.yes.filter(({ time }) => time - begin > most);
  const [first] = late;
  if (first)
    return answer('fail', `A record came ${first.time - begin} ms after the step, ${duration} expected.`, late);
  return unlessMore(`All of ${records(members.yes.length)} came within ${duration}`, members.yes, members, closed);
}

/** @param anchor what nothing may come before; null while there is none */
export function notBefore(anchor: Entry | null, mayCome: boolean, members: Members, closed: boolean): Answer {
  const early = members.yes.filter(entry => !anchor || isBefore(entry, anchor));
  if (early.length > 0 && (anchor || !mayCome)) {
    return answer('fail', `${records(early.length)} came before it was allowed.`, early);
  }
  if (anchor) return answer('pass', `All of ${records(members.yes.length)} came after it.`, members.yes);
  return unlessMore('Nothing came before it was allowed', early, members, closed);
}

export function noDuplicates(by: true | string[], members: Members, closed: boolean): Answer {
  const paths = by === true ? null : by.map(stepsOf);
  const seen = new Map<string, Entry>();
  const twice = new Set<Entry>();
  for (const entry of members.yes) {
    const { event } = entry.record;
    const key = paths ? JSON.stringify(paths.map(path => valueAt(event, path) ?? null)) : contentOf(event);
    const first = seen.get(key);
    if (first) twice.add(first).add(entry);
    else seen.set(key, entry);
  }
  if (twice.size > 0)
    return answer(
      'fail',
      `${records(twice.size)} are duplicates of each other.`,
      [...twice].sort((a, b) => (isBefore(a, b) ? -1 : 1)),
    );
  return unlessMore(`All of ${records(members.yes.length)} differ`, members.yes, members, closed);
}

export function funnel(members: Members, closed: boolean): Answer {
  const last = new Map<string, number>();
  for (const entry of members.yes) {
    const { event, session } = entry.record;
    const token = textAt(event, 'funnel_entry_token') ?? textAt(event, 'funnel_name') ?? session ?? '';
    const position = at(event, 'funnel_event_sequence_position');
    if (typeof position !== 'number') return answer('fail', 'A record has no position in its funnel.', [entry]);
    const before = last.get(token);
    if (before !== undefined && position !== before + 1) {
      return answer('fail', `Position ${position} follows ${before}.`, [entry]);
    }
    last.set(token, position);
  }
  return unlessMore(`The positions of ${records(members.yes.length)} count up by one`, members.yes, members, closed);
}

export function sequence(all: Members[], closed: boolean): Answer {
  const firsts = all.map(({ yes }) => yes[0] ?? null);
  for (const [place, later] of firsts.entries()) {
    const wrong = later && firsts.slice(0, place).find(earlier => earlier && isBefore(later, earlier));
    if (wrong)
      return answer('fail', `Number ${place + 1} of the sequence came before number ${firsts.indexOf(wrong) + 1}.`, [
        later,
        wrong,
      ]);
  }
  const there = firsts.filter(first => first !== null);
  const told = `${there.length} of ${all.length} came, in order`;
  if (there.length === all.length) return answer('pass', `${told}.`, there);
  return answer(closed ? 'pass' : 'open', closed ? `${told}.` : `${told}: others are still to come.`, there);
}

export function anywhere(all: Members[], closed: boolean): Answer {
  const missing = all.flatMap(({ yes }, place) => (yes.length === 0 ? [place + 1] : []));
  const there = all.flatMap(({ yes }) => yes.slice(0, 1));
  if (missing.length === 0) return answer('pass', `All ${all.length} are there.`, there);
  const isOpen = !closed || missing.some(place => (all[place - 1]?.maybe.length ?? 0) > 0);
  return answer(
    isOpen ? 'open' : 'fail',
    `Number ${missing.join(', ')} of ${all.length} ${isOpen ? 'is still to come' : 'did not come'}.`,
    there,
  );
}

/** @param before the record before another on its stream; null for none */
export function directlyAfter(
  [first, second]: [Members, Members],
  before: (entry: Entry) => Entry | null,
  closed: boolean,
): Answer {
  const firsts = new Set([...first.yes, ...first.maybe]);
  const wrong = second.yes.filter(entry => {
    const previous = before(entry);
    return !previous || !firsts.has(previous);
  });
  if (wrong.length > 0) {
    const [one] = wrong;
    const previous = one && before(one);
    const after = previous ? `after "${previous.record.action ?? previous.record.api}"` : 'with nothing before it';
    return answer('fail', `It came ${after}.`, [...(previous ? [previous] : []), ...wrong]);
  }
  return unlessMore(`All of ${records(second.yes.length)} came directly after one`, second.yes, second, closed);
}

export function nothingElse(there: Members, isSpokenOf: (entry: Entry) => boolean, closed: boolean): Answer {
  const others = there.yes.filter(entry => !isSpokenOf(entry));
  if (others.length > 0)
    return answer(
      'fail',
      `There ${others.length === 1 ? 'is' : 'are'} ${records(others.length)} that nothing else speaks of.`,
      others,
    );
  const maybe = there.maybe.filter(entry => !isSpokenOf(entry));
  return unlessMore(`All of ${records(there.yes.length)} are spoken of`, there.yes, { yes: there.yes, maybe }, closed);
}
