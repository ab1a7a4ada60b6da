/** Compares two sessions: what the second has more, less, otherwise, or elsewhere. */

import type { Json, Record } from '../../record/record.ts';
import { isSame } from '../plan/path.ts';
import { stepFinder, type TestSession } from '../session.ts';
import { common, inOrder, type Pair } from './align.ts';
import { createNormaliser, type Values } from './normalise.ts';
import type { Comparison, Difference, FieldChange } from './types.ts';

export interface CompareOptions {
  /** Lets others run; awaited every so many records. */
  pause?: () => Promise<void>;
  onProgress?: (done: number) => void;
  /** Paths that are not compared: JSON Pointers, of which all below them goes, too. */
  ignore?: readonly string[];
}

interface Side {
  record: Record;
  key: string;
  step: string;
  values: Values;
  /** All values as one text. */
  content: string;
}

const AT_ONCE = 2_000;

/** What a record is about, whichever client recorded it: the web calls a function, an import only has the event. */
function keyOf({ stream, instrument, experiment, action, decision, api }: Record): string {
  const subject = stream ?? instrument ?? experiment ?? api;
  const isQuestion = decision.state === 'answered';
  return [subject, action ?? '', ...(isQuestion ? [`asked by ${api}`] : [])].filter(Boolean).join(' ');
}

async function sideOf(session: TestSession, { pause, ignore = [], onProgress }: CompareOptions): Promise<Side[]> {
  const stepAt = stepFinder(session.marks);
  const normalise = createNormaliser();
  const isIgnored = (path: string) => ignore.some(one => path === one || path.startsWith(`${one}/`));
  const sides: Side[] = [];
  for (const record of session.records) {
    const values = normalise(record);
    for (const path of values.keys()) if (ignore.length > 0 && isIgnored(path)) values.delete(path);
    const content = [...values]
      .map(([path, value]) => `${path}=${JSON.stringify(value)}`)
      .sort()
      .join('\n');
    const step = stepAt(record.time);
    sides.push({ record, key: `${step}\u0000${keyOf(record)}`, step, values, content });
    if (sides.length % AT_ONCE !== 0) continue;
    onProgress?.(sides.length);
    await pause?.();
  }
  return sides;
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
  const before = await sideOf(one, options);
  const after = await sideOf(other, options);
  const afterPlaces = placesByKey(after);
  const pairs: Pair[] = [];
  for (const [key, ones] of placesByKey(before)) {
    pairs.push(...pairsOf(before, after, [ones, afterPlaces.get(key) ?? []]));
    await options.pause?.();
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
    const fields = left.content === right.content ? [] : changesOf(left.values, right.values);
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
