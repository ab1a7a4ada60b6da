/** Whether a value is what a term asks for. */

import type { Json } from '../../record/record.ts';
import type { Operator, Value } from './syntax.ts';

export type Matcher = (value: Json | undefined) => boolean;

/**
 * Tests a value by a term. A list is met by any of its members; text by what it contains, whatever its case; numbers,
 * booleans and null by being the same. `..` between two numbers is a range.
 * @param whole whether a text must be met as a whole (`verdict:valid` is not `invalid`)
 */
export function matcherOf(operator: Operator, value: Value, whole: boolean): Matcher {
  const range = operator === ':' && !value.quoted ? /^(-?[\d.]+|\*)\.\.(-?[\d.]+|\*)$/.exec(value.text) : null;
  if (range) {
    const [min, max] = [range[1], range[2]].map(Number);
    return each(one => isNumber(one) && !(Number(one) < (min ?? 0)) && !(Number(one) > (max ?? 0)));
  }
  if (operator === ':' || operator === ':=') {
    const text = textMatcher(value, whole || operator === ':=');
    const met = remembered(one => text(one.toLowerCase()));
    const same = wordOf(value);
    return each(one => (typeof one === 'string' ? met(one) : String(one) === same || text(String(one), true)));
  }
  return comparison(operator, value.text);
}

/** So many texts are remembered: more different ones are no words that many records share. */
const MOST = 1_000;

/** Remembers the answers to the texts that come first: of 100,000 records many have the same. */
function remembered(test: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>();
  return text => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = test(text);
    if (answers.size < MOST) answers.set(text, answer);
    return answer;
  };
}

/** Numbers compare as numbers, all else as text: so do times in ISO 8601. */
function comparison(operator: Operator, than: string): Matcher {
  const number = Number(than);
  const isNumeric = than.trim() !== '' && !Number.isNaN(number);
  const test = COMPARE[operator] ?? COMPARE[':>'];
  if (isNumeric) return each(one => isNumber(one) && test(Number(one), number));
  return each(one => typeof one === 'string' && test(one, than));
}

type Order = number | string;
const COMPARE: { [operator: string]: (a: Order, b: Order) => boolean } & { ':>': (a: Order, b: Order) => boolean } = {
  ':>': (a, b) => a > b,
  ':>=': (a, b) => a >= b,
  ':<': (a, b) => a < b,
  ':<=': (a, b) => a <= b,
};

const isNumber = (value: Json): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)));

const wordOf = ({ text }: Value): string => text.toLowerCase();

function each(test: (value: Json) => boolean): Matcher {
  const matches: Matcher = value => {
    if (value === undefined) return false;
    if (Array.isArray(value)) return value.some(matches);
    if (typeof value === 'object' && value !== null) return Object.values(value).some(matches);
    return test(value);
  };
  return matches;
}

/** Tests a text, in lower case; with `asWhole` it must be met as a whole whatever was asked for. */
export type TextMatcher = (lower: string, asWhole?: boolean) => boolean;

/**
 * The text in lower case where nothing within it stands for anything else, and it is met wherever it stands; else null.
 * Stars around it say no more than that.
 */
export function plainWord({ text, quoted }: Value): string | null {
  const word = text.replace(/^\*+|\*+$/g, '');
  return !quoted && /^[^*?\\]+$/.test(word) ? word.toLowerCase() : null;
}

/**
 * Looks for the pieces between the stars one after the other, each as far to the front as it goes: that takes no longer
 * for a hostile text than for another.
 */
export function textMatcher({ text, quoted }: Value, whole: boolean): TextMatcher {
  if (quoted) {
    const word = text.toLowerCase();
    return (lower, asWhole = whole) => (asWhole ? lower === word : lower.includes(word));
  }
  const pieces = piecesOf(text.toLowerCase());
  const [only] = pieces;
  if (pieces.length === 1 && typeof only === 'string') {
    return (lower, asWhole = whole) => (asWhole ? lower === only : lower.includes(only));
  }
  return (lower, asWhole = whole) => {
    let from = 0;
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i] ?? '';
      const last = i === pieces.length - 1;
      const start = asWhole && last ? Math.max(from, lower.length - piece.length) : from;
      const found = find(lower, piece, start, asWhole && (i === 0 || last));
      if (found < 0 || (asWhole && last && found + piece.length !== lower.length)) return false;
      from = found + piece.length;
    }
    return true;
  };
}

/** A piece of a pattern: plain text; or characters, of which null stands for any one. */
type Piece = string | (string | null)[];

function piecesOf(pattern: string): Piece[] {
  const pieces: (string | null)[][] = [[]];
  for (let i = 0; i < pattern.length; i++) {
    const unit = pattern[i] ?? '';
    if (unit === '*') pieces.push([]);
    else if (unit === '\\' && i + 1 < pattern.length) pieces.at(-1)?.push(pattern[++i] ?? '');
    else pieces.at(-1)?.push(unit === '?' ? null : unit);
  }
  return pieces.map(piece => (piece.includes(null) ? piece : piece.join('')));
}

function find(text: string, piece: Piece, from: number, here: boolean): number {
  if (typeof piece === 'string') return here ? (text.startsWith(piece, from) ? from : -1) : text.indexOf(piece, from);
  for (let at = from; at + piece.length <= text.length; at++) {
    if (piece.every((unit, i) => unit === null || text[at + i] === unit)) return at;
    if (here) break;
  }
  return -1;
}
