/** Reads a regular expression, in the syntax of ECMAScript, as far as it can be followed in linear time. */

/** `message` goes on after "the regular expression cannot be used: ". */
export class PatternError extends Error {}

export type Node =
  | { kind: 'set'; has: (unit: number) => boolean }
  | { kind: 'assert'; what: 'start' | 'end' | 'word' | 'no-word' }
  | { kind: 'sequence'; parts: Node[] }
  | { kind: 'either'; options: Node[] }
  | { kind: 'repeat'; of: Node; least: number; most: number };

type Has = (unit: number) => boolean;

const LONGEST = 500;
const DEEPEST = 50;
const MOST_REPEATS = 1_000;

const between =
  (from: number, to: number): Has =>
  unit =>
    unit >= from && unit <= to;
const not =
  (has: Has): Has =>
  unit =>
    !has(unit);
const any =
  (sets: Has[]): Has =>
  unit =>
    sets.some(has => has(unit));

const digit = between(48, 57);
const word: Has = any([digit, between(65, 90), between(97, 122), unit => unit === 95]);
const space: Has = unit => /\s/.test(String.fromCharCode(unit));
const CLASSES: { [letter: string]: Has } = { d: digit, D: not(digit), w: word, W: not(word), s: space, S: not(space) };
const CONTROLS: { [letter: string]: number } = { n: 10, r: 13, t: 9, v: 11, f: 12, 0: 0 };
const isLineEnd: Has = unit => unit === 10 || unit === 13 || unit === 0x2028 || unit === 0x2029;

/** @throws PatternError */
export function parsePattern(source: string): Node {
  if (source.length > LONGEST) throw new PatternError(`it is longer than ${LONGEST} characters`);
  let at = 0;
  let depth = 0;
  const peek = () => source[at];
  const eat = (text: string) => source.startsWith(text, at) && ((at += text.length), true);
  const fail = (message: string): never => {
    throw new PatternError(`${message}, at character ${at + 1}`);
  };

  function either(): Node {
    if (++depth > DEEPEST) fail(`its groups are nested more than ${DEEPEST} deep`);
    const options = [sequence()];
    while (eat('|')) options.push(sequence());
    depth--;
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'either', options };
  }

  function sequence(): Node {
    const parts: Node[] = [];
    while (at < source.length && peek() !== '|' && peek() !== ')') parts.push(repeated(atom()));
    return { kind: 'sequence', parts };
  }

  function repeated(of: Node): Node {
    const range = count();
    if (!range) return of;
    if (of.kind === 'assert') fail('there is nothing to repeat');
    // Whether as few or as many as possible makes no difference to whether there is a match.
    eat('?');
    if (/^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(source.slice(at))) fail('there is nothing to repeat');
    return { kind: 'repeat', of, ...range };
  }

  function count(): { least: number; most: number } | null {
    if (eat('*')) return { least: 0, most: Infinity };
    if (eat('+')) return { least: 1, most: Infinity };
    if (eat('?')) return { least: 0, most: 1 };
    const [text, low = '', comma, high] = /^\{(\d+)(,(\d*))?\}/.exec(source.slice(at)) ?? [];
    if (text === undefined) return null;
    at += text.length;
    const least = Number(low);
    const most = comma === undefined ? least : high === '' || high === undefined ? Infinity : Number(high);
    if (least > MOST_REPEATS || (most !== Infinity && most > MOST_REPEATS)) {
      fail(`it repeats more than ${MOST_REPEATS} times`);
    }
    if (most < least) fail('the numbers of its repetition are out of order');
    return { least, most };
  }

  function atom(): Node {
    const character = source[at++] ?? '';
    if (character === '.') return { kind: 'set', has: not(isLineEnd) };
    if (character === '^') return { kind: 'assert', what: 'start' };
    if (character === '$') return { kind: 'assert', what: 'end' };
    if (character === '[') return { kind: 'set', has: set() };
    if (character === '(') return group();
    if (character === '\\') {
      if (eat('b')) return { kind: 'assert', what: 'word' };
      if (eat('B')) return { kind: 'assert', what: 'no-word' };
      const escaped = escape();
      return { kind: 'set', has: typeof escaped === 'number' ? unit => unit === escaped : escaped };
    }
    if (/[*+?]/.test(character)) fail('there is nothing to repeat');
    const code = character.charCodeAt(0);
    return { kind: 'set', has: unit => unit === code };
  }

  function group(): Node {
    if (eat('?=') || eat('?!') || eat('?<=') || eat('?<!')) fail('look-around is not supported');
    if (!eat('?:') && peek() === '?') {
      const [name] = /^\?<[A-Za-z_$][\w$]*>/.exec(source.slice(at)) ?? [];
      if (name === undefined) fail('this kind of group is not supported');
      at += name?.length ?? 0;
    }
    const inside = either();
    if (!eat(')')) fail('a group is not closed');
    return inside;
  }

  /** What stands after a backslash. */
  function escape(): number | Has {
    const letter = source[at++];
    if (letter === undefined) return fail('it ends with a backslash');
    const known = CLASSES[letter];
    if (known) return known;
    const control = CONTROLS[letter];
    if (control !== undefined && !/\d/.test(source[at] ?? '')) return control;
    if (/[1-9k]/.test(letter)) return fail('back-references are not supported');
    if (letter === 'x' || letter === 'u') {
      const digits = source.slice(at, at + (letter === 'x' ? 2 : 4));
      if (!new RegExp(`^[\\da-f]{${letter === 'x' ? 2 : 4}}$`, 'i').test(digits)) fail('an escape is not complete');
      at += digits.length;
      return parseInt(digits, 16);
    }
    if (/[A-Za-z0-9]/.test(letter)) fail(`\\${letter} is not supported`);
    return letter.charCodeAt(0);
  }

  function set(): Has {
    const isNegated = eat('^');
    const sets: Has[] = [];
    while (peek() !== ']') {
      if (at >= source.length) fail('a set of characters is not closed');
      const from = member();
      if (peek() === '-' && source[at + 1] !== ']' && at + 1 < source.length) {
        at++;
        const to = member();
        if (typeof from !== 'number' || typeof to !== 'number') return fail('a class cannot be the end of a range');
        if (to < from) fail('the ends of a range are out of order');
        sets.push(between(from, to));
      } else sets.push(typeof from === 'number' ? unit => unit === from : from);
    }
    at++;
    return isNegated ? not(any(sets)) : any(sets);
  }

  function member(): number | Has {
    const character = source[at++] ?? '';
    if (character !== '\\') return character.charCodeAt(0);
    if (eat('b')) return 8;
    if (eat('-')) return 45;
    return escape();
  }

  const whole = either();
  if (at < source.length) fail('a group is closed that was not opened');
  return whole;
}
