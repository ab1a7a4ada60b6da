/** Compares two sessions: what the second has more, less, otherwise, or elsewhere. */

import { hash } from '../../record/hash.ts';
import type { Json, Record } from '../../record/record.ts';
import { isSame } from '../plan/path.ts';
import { stepFinder, type TestSession } from '../session.ts';
import { inSlices, type Pause } from '../slices.ts';
import { common, inOrder, type Pair } from './align.ts';
import { createNormaliser, type Normaliser, type Values } from './normalise.ts';
import { pathOf, samePages } from './steps.ts';
import type { Comparison, Difference, FieldChange } from './types.ts';

export interface CompareOptions {
  pause?: Pause;
  /** Told how many records of both it has looked at. */
  onProgress?: (done: number) => void;
  /** Paths that are not compared: JSON Pointers, of which all below them goes, too. */
  ignore?: readonly string[];
}

interface Side {
  record: Record;
  key: string;
  step: string;
  /** The same for all records with the same values. */
  content: string;
}

interface Sides {
  list: Side[];
  /** The places of each key's records. */
  byKey: Map<string, number[]>;
  normaliser: Normaliser;
}

/** Records between two yields. */
const AT_ONCE = 50;

/** What a record is about, whichever client recorded it: the web calls a function, an import only has the event. */
function keyOf({ stream, instrument, experiment, action, decision, api }: Record): string {
  const subject = stream ?? instrument ?? experiment ?? api;
  const isQuestion = decision.state === 'answered';
  return [subject, action ?? '', ...(isQuestion ? [`asked by ${api}`] : [])].filter(Boolean).join(' ');
}

/** @param called what a step is called in the other session, where that has another name for it */
function* sidesOf(
  { marks, records }: TestSession,
  ignore: readonly string[],
  called: ReadonlyMap<string, string>,
  from: number,
): Generator<number, Sides> {
  const stepAt = stepFinder(marks);
  const normaliser = createNormaliser(ignore);
  const list: Side[] = [];
  const byKey = new Map<string, number[]>();
  for (const record of records) {
    const own = stepAt(record.time);
    const step = called.get(own) ?? own;
    const key = `${step}\u0000${keyOf(record)}`;
    const places = byKey.get(key);
    if (places) places.push(list.length);
    else byKey.set(key, [list.length]);
    // All texts of two sessions would be as large as the sessions.
    list.push({ record, key, step, content: hash(normaliser.text(record)) });
    if (list.length % AT_ONCE === 0) yield from + list.length;
  }
  return { list, byKey, normaliser };
}

function changesOf(before: Values, after: Values): FieldChange[] {
  const paths = [...before.keys(), ...[...after.keys()].filter(path => !before.has(path))];
  return paths.flatMap((path): FieldChange[] => {
    const [one, other]: (Json | undefined)[] = [before.get(path), after.get(path)];
    return isSame(one, other) ? [] : [{ path, before: one, after: other }];
  });
}

/** Within one step and subject: first what is the same in all, then what is left, in order. */
function pairsOf(before: Side[], after: Side[], places: [number[], number[]]): Pair[] {
  const [ones, others] = places;
  const contents = (sides: Side[], list: number[]) => list.map(place => sides[place]?.content ?? '');
  const { pairs, left } = common(contents(before, ones), contents(after, others));
  const [restOnes, restOthers] = left;
  const rest = restOnes.slice(0, restOthers.length).map((place, index): Pair => [place, restOthers[index] ?? 0]);
  return [...pairs, ...rest].map(([one, other]): Pair => [ones[one] ?? 0, others[other] ?? 0]);
}

/** In the order of the second session; what is missing stands where it was in the first. */
export function compareSessions(
  one: TestSession,
  other: TestSession,
  { pause = async () => undefined, onProgress, ignore = [] }: CompareOptions = {},
): Promise<Comparison> {
  return inSlices(comparing(one, other, ignore), pause, onProgress);
}

function* comparing(one: TestSession, other: TestSession, ignore: readonly string[]): Generator<number, Comparison> {
  const pages = samePages(one, other);
  const called = new Map(pages.map(({ before, after }) => [before, after]));
  const first = yield* sidesOf(one, ignore, called, 0);
  const second = yield* sidesOf(other, ignore, new Map(), one.records.length);
  const all = one.records.length + other.records.length;
  const [before, after] = [first.list, second.list];
  const pairs: Pair[] = [];
  for (const [key, ones] of first.byKey) {
    for (const pair of pairsOf(before, after, [ones, second.byKey.get(key) ?? []])) pairs.push(pair);
    yield all;
  }
  pairs.sort(([a], [b]) => a - b);
  yield all;
  const kept = inOrder(pairs);
  yield all;
  const counts = { added: 0, missing: 0, reordered: 0, changed: 0 };
  /** Each with where it stands: at its place in the second session. */
  const placed: { place: number; difference: Difference }[] = [];
  const put = (place: number, difference: Difference) => {
    counts[difference.kind]++;
    placed.push({ place, difference });
  };
  for (const page of pages) {
    const place = after.findIndex(({ step }) => step === page.after);
    const fields = [{ path: 'step', ...page }];
    const step = { step: page.after, key: pathOf(page.after) ?? '', before: null, after: null };
    put(place < 0 ? after.length : place - 0.25, { kind: 'changed', ...step, fields });
  }
  let same = 0;
  const pairedBefore = new Map<number, number>();
  const pairedAfter = new Set<number>();
  for (const [index, pair] of pairs.entries()) {
    if (index % AT_ONCE === 0) yield all;
    const [a, b] = pair;
    pairedBefore.set(a, b);
    pairedAfter.add(b);
    const [left, right] = [before[a], after[b]];
    if (!left || !right) continue;
    const fields =
      left.content === right.content
        ? []
        : changesOf(first.normaliser.values(left.record), second.normaliser.values(right.record));
    const kind = kept.has(pair) ? (fields.length > 0 ? 'changed' : null) : 'reordered';
    if (kind === null) same++;
    else put(b, { kind, step: right.step, key: keyText(right.key), before: left.record, after: right.record, fields });
  }
  let last = -1;
  for (const [place, { record, key, step }] of before.entries()) {
    const paired = pairedBefore.get(place);
    if (paired === undefined) put(last + 0.5, { kind: 'missing', step, key: keyText(key), before: record });
    else last = paired;
  }
  yield all;
  for (const [place, { record, key, step }] of after.entries()) {
    if (!pairedAfter.has(place)) put(place, { kind: 'added', step, key: keyText(key), after: record });
  }
  placed.sort((a, b) => a.place - b.place);
  return { differences: placed.map(({ difference }) => difference), same, counts };
}

const keyText = (key: string) => key.slice(key.indexOf('\u0000') + 1);

/** A field's change as text, `"click" → "tap"`. */
export function changeText({ path, before, after }: FieldChange): string {
  const text = (value: Json | undefined) => (value === undefined ? 'nothing' : (JSON.stringify(value) ?? ''));
  return `${path}: ${text(before)} → ${text(after)}`;
}
