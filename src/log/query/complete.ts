/** What the field offers while one types: names of fields, and values that were captured. */

import { type Fields, namesOf } from './compile.ts';
import { cursorIn } from './parse.ts';
import { valueAt, walk } from './paths.ts';
import { quoted, type Span } from './syntax.ts';

export interface Offer {
  kind: 'field' | 'value';
  /** What takes the place of the word under the cursor. */
  text: string;
  /** How many of those looked at have it; null where that was not counted. */
  count: number | null;
}

export interface Offers {
  offers: Offer[];
  /** What an offer takes the place of. */
  span: Span;
}

const MOST = 12;
/** So many of the newest items are looked at. */
const LOOKED_AT = 2_000;
/** Longer values are no help. */
const LONGEST = 120;

/**
 * @param text the query so far
 * @param caret where in it the cursor is
 * @returns null where there is nothing to offer
 */
export function completions<T>(text: string, caret: number, items: readonly T[], fields: Fields<T>): Offers | null {
  const cursor = cursorIn(text, caret);
  if (!cursor) return null;
  const prefix = cursor.prefix.toLowerCase();
  const offers =
    cursor.field === null
      ? prefix === ''
        ? []
        : namesFor(prefix, items, fields)
      : valuesFor(cursor.field, prefix, items, fields);
  const rest = offers.filter(offer => offer.text !== cursor.prefix).slice(0, MOST);
  return rest.length > 0 ? { offers: rest, span: cursor } : null;
}

/** Names that begin so come first, then those that have it elsewhere, such as the last word of a path. */
function namesFor<T>(prefix: string, items: readonly T[], fields: Fields<T>): Offer[] {
  const counts = new Map<string, number>();
  for (const item of items.slice(-500)) walk(fields.body(item) ?? null, path => add(counts, path), 200);
  counts.delete('');
  const known = namesOf(fields).map((name): [string, number | null] => [name, null]);
  const all = [...known, ...[...counts].sort(([, a], [, b]) => b - a)].filter(([name]) =>
    name.toLowerCase().includes(prefix),
  );
  const rank = (name: string) => (name.toLowerCase().startsWith(prefix) ? 0 : 1);
  return all
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, count]) => ({ kind: 'field', text: `${/[^\w$@.-]/.test(name) ? quoted(name) : name}:`, count }));
}

function valuesFor<T>(field: string, prefix: string, items: readonly T[], fields: Fields<T>): Offer[] {
  const offer = (text: string, count: number | null): Offer => ({ kind: 'value', text: quoted(text), count });
  const begins = (text: string) => text.toLowerCase().includes(prefix);
  if (field === 'is')
    return Object.keys(fields.is)
      .filter(begins)
      .map(name => offer(name, null));
  if (field === 'has') return namesFor(prefix, items, fields).map(({ text, count }) => offer(text.slice(0, -1), count));
  const named = Object.hasOwn(fields.named, field) ? fields.named[field] : undefined;
  const path = field.replace(/^event\./, '').split('.');
  const counts = new Map<string, number>();
  for (const item of items.slice(-LOOKED_AT)) {
    const value = named ? named.of(item) : valueAt(fields.body(item), path);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === undefined || one === null || typeof one === 'object') continue;
      const text = String(one);
      if (text.length <= LONGEST) add(counts, text);
    }
  }
  const seen = [...counts].sort(([, a], [, b]) => b - a).filter(([text]) => text !== '' && begins(text));
  const others = (named?.list ?? []).filter(text => begins(text) && !counts.has(text));
  return [...seen.map(([text, count]) => offer(text, count)), ...others.map(text => offer(text, 0))];
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
