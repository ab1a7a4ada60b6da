/** JSON Pointers (RFC 6901): what an error is about, in a value and in the text that the value was read from. */

import type { Json } from '../record/record.ts';

/** A stretch of a text: offsets in UTF-16 units, `to` excluded; lines and columns from 1. */
export interface Range {
  from: number;
  to: number;
  line: number;
  column: number;
  endLine: number;
  /** False where the value itself is not there, and this is the nearest that holds its place. */
  exact: boolean;
}

/** The steps of a pointer; null where it is none. */
export function stepsOf(pointer: string): string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return null;
  return pointer
    .slice(1)
    .split('/')
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** A pointer one step further. */
export const below = (pointer: string, step: string): string =>
  `${pointer}/${step.replace(/~/g, '~0').replace(/\//g, '~1')}`;

/** The value at a pointer; undefined where there is none. Reads own properties only. */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
  return stepsOf(pointer)?.reduce<Json | undefined>((inner, step) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    return Array.isArray(inner) ? inner[Number(step)] : inner[step];
  }, value);
}

/** Where each kind of token ends, from its first character. The text is JSON that `JSON.parse` takes. */
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SCALAR = /[^\s,\]}]+/y;
const SPACE = /\s*/y;

/** Walks over a text without building its value: an event is searched each time that it is shown. */
class Scanner {
  at = 0;

  constructor(readonly text: string) {}

  take(token: RegExp): string {
    token.lastIndex = this.at;
    const [found = ''] = token.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  space(): void {
    this.take(SPACE);
  }

  /** Whether this character comes next; it is passed over. */
  next(character: string): boolean {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  /** Passes over one value, however deep. */
  skip(): void {
    let depth = 0;
    do {
      this.space();
      const character = this.text[this.at];
      if (character === undefined) return;
      if (character === '"') this.take(STRING);
      else if (character === '{' || character === '[') {
        depth++;
        this.at++;
      } else if (character === '}' || character === ']') {
        depth--;
        this.at++;
      } else if (character === ',' || character === ':') this.at++;
      else this.take(SCALAR);
    } while (depth > 0);
  }

  /** Goes to the value of this step in the container that begins here; stays at its beginning where there is none. */
  enter(step: string): boolean {
    this.space();
    const beginning = this.at;
    const found = this.next('{') ? this.member(step) : this.next('[') && this.item(step);
    if (found === null || found === false) this.at = beginning;
    else this.at = found;
    return found !== null && found !== false;
  }

  /** Of a name that is there twice the last counts, as `JSON.parse` has it. */
  private member(name: string): number | null {
    let found: number | null = null;
    while (!this.next('}') && this.at < this.text.length) {
      this.space();
      const key = this.take(STRING);
      this.next(':');
      this.space();
      if (key !== '' && (JSON.parse(key) as string) === name) found = this.at;
      this.skip();
      this.next(',');
    }
    return found;
  }

  private item(step: string): number | null {
    for (let index = 0; !this.next(']') && this.at < this.text.length; index++) {
      this.space();
      if (String(index) === step) return this.at;
      this.skip();
      this.next(',');
    }
    return null;
  }
}

/**
 * Where in an event's JSON text the value at this pointer stands: the value itself, without its name. Where it is not
 * there, the nearest value around its place. Null where the text is not JSON or the pointer is none.
 */
export function locate(json: string, pointer: string): Range | null {
  const steps = stepsOf(pointer);
  if (!steps || !isJson(json)) return null;
  const scanner = new Scanner(json);
  scanner.space();
  const exact = steps.every(step => scanner.enter(step));
  const from = scanner.at;
  scanner.skip();
  const before = json.slice(0, from);
  const line = before.split('\n').length;
  return {
    from,
    to: scanner.at,
    line,
    column: from - before.lastIndexOf('\n'),
    endLine: line + json.slice(from, scanner.at).split('\n').length - 1,
    exact,
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
