/** Compares two sessions: what the second has more, less, otherwise, or elsewhere. */

import type { Json, Record } from '../../record/record.ts';
import { isSame } from '../plan/path.ts';
import { stepFinder, type TestSession } from '../session.ts';
import { inSlices, type Pause } from '../slices.ts';
import { common, inOrder, type Pair } from './align.ts';
import { createNormaliser, type Values } from './normalise.ts';
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
  /** All values as one text. */
  content: string;
}

interface Sides {
  list: Side[];
  /** What of a record is compared. Made anew when it is asked for: few records differ, and all values are many. */
  valuesOf(record: Record): Values;
}

const AT_ONCE = 200;

/** What a record is about, whichever client recorded it: the web calls a function, an import only has the event. */
function keyOf({ stream, instrument, experiment, action, decision, api }: Record): string {
  const subject = stream ?? instrument ?? experiment ?? api;
  const isQuestion = decision.state === 'answered';
  return [subject, action ?? '', ...(isQuestion ? [`asked by ${api}`] : [])].filter(Boolean).join(' ');
}

function* sidesOf({ marks, records }: TestSession, ignore: readonly string[]): Generator<number, Sides> {
  const stepAt = stepFinder(marks);
  const normalise = createNormaliser();
  const isIgnored = (path: string) => ignore.some(one => path === one || path.startsWith(`${one}/`));
  /** Of records that are the same, one text. */
  const contents = new Map<string, string>();
  const valuesOf = (record: Record) => {
    const values = normalise(record);
    for (const path of values.keys()) if (ignore.length > 0 && isIgnored(path)) values.delete(path);
    return values;
  };
  const list: Side[] = [];
  for (const record of records) {
    const text = [...valuesOf(record)]
      .map(([path, value]) => `${path}=${JSON.stringify(value)}`)
      .sort()
      .join('\n');
    const content = contents.get(text) ?? text;
    if (content === text) contents.set(text, text);
    const step = stepAt(record.time);
    list.push({ record, key: `${step}\u0000${keyOf(record)}`, step, content });
    if (list.length % AT_ONCE === 0) yield list.length;
  }
  return { list, valuesOf };
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

function placesByKey(sides: Side[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  sides.forEach(({ key }, place) => {
    const list = places.get(key);
    if (list) list.push(place);
    else places.set(key, [place]);
  });
  return places;
}

/** In the order of the second session; what is missing stands where it was in the first. */
export async function compareSessions(
  one: TestSession,
  other: TestSession,
  options: CompareOptions = {},
): Promise<Comparison> {
  const { pause = async () => undefined, onProgress, ignore = [] } = options;
  const told = (from: number) => (done: number) => onProgress?.(from + done);
  const first = await inSlices(sidesOf(one, ignore), pause, told(0));
  const second = await inSlices(sidesOf(other, ignore), pause, told(one.records.length));
  const [before, after] = [first.list, second.list];
  const afterPlaces = placesByKey(after);
  const pairs: Pair[] = [];
  for (const [key, ones] of placesByKey(before)) {
    pairs.push(...pairsOf(before, after, [ones, afterPlaces.get(key) ?? []]));
    await pause();
  }
  pairs.sort(([a], [b]) => a - b);
  const kept = inOrder(pairs);
  const counts = { added: 0, missing: 0, reordered: 0, changed: 0 };
  /** Each with where it stands: at its place in the second session. */
  const placed: { place: number; difference: Difference }[] = [];
  const put = (place: number, difference: Difference) => {
    counts[difference.kind]++;
    placed.push({ place, difference });
  };
  let same = 0;
  const pairedBefore = new Map<number, number>();
  const pairedAfter = new Set<number>();
  for (const pair of pairs) {
    const [a, b] = pair;
    pairedBefore.set(a, b);
    pairedAfter.add(b);
    const [left, right] = [before[a], after[b]];
    if (!left || !right) continue;
    const fields =
      left.content === right.content ? [] : changesOf(first.valuesOf(left.record), second.valuesOf(right.record));
    const kind = kept.has(pair) ? (fields.length > 0 ? 'changed' : null) : 'reordered';
    if (kind === null) same++;
    else put(b, { kind, step: right.step, key: keyText(right.key), before: left.record, after: right.record, fields });
  }
  let last = -1;
  before.forEach(({ record, key, step }, place) => {
    const paired = pairedBefore.get(place);
    if (paired === undefined) put(last + 0.5, { kind: 'missing', step, key: keyText(key), before: record });
    else last = paired;
  });
  after.forEach(({ record, key, step }, place) => {
    if (!pairedAfter.has(place)) put(place, { kind: 'added', step, key: keyText(key), after: record });
  });
  placed.sort((a, b) => a.place - b.place);
  return { differences: placed.map(({ difference }) => difference), same, counts };
}

const keyText = (key: string) => key.slice(key.indexOf('\u0000') + 1);

/** A field's change as text, `"click" → "tap"`. */
export function changeText({ path, before, after }: FieldChange): string {
  const text = (value: Json | undefined) => (value === undefined ? 'nothing' : (JSON.stringify(value) ?? ''));
  return `${path}: ${text(before)} → ${text(after)}`;
}
