/**
 * What is known of each item by each term of the last queries. A query is written key by key: the next one has all terms
 * of the last but one, and that one asks for a little more.
 */

import type { Predicate } from './compile.ts';
import { plainWord } from './match.ts';
import type { Term } from './syntax.ts';

export interface Answers<T> {
  /** A test by a term of the query under way, which looks at an item only where the answer is not known. */
  of(term: Term, make: () => Predicate<T>): Predicate<T>;
  /** Another query begins. Answers its number. What only queries before `kept` asked for goes. */
  begin(kept: number): number;
  /** The item at this place has changed. */
  forget(at: number): void;
  /** All items have other places. */
  clear(): void;
}

const NO = 1;
const YES = 2;

interface Entry<T> {
  test: Predicate<T>;
  /** A byte an item: NO, YES, or 0 where it was not looked at. */
  known: Uint8Array<ArrayBuffer>;
  /** Of a free text, as long as it is plain. */
  text: string | null;
  /** The last query that has it. */
  query: number;
}

export function createAnswers<T>(): Answers<T> {
  const entries = new Map<string, Entry<T>>();
  let query = 0;

  function put(entry: Entry<T>, at: number, answer: number): void {
    if (at >= entry.known.length) {
      const larger = new Uint8Array(Math.max(1024, Math.ceil(at * 1.5)));
      larger.set(entry.known);
      entry.known = larger;
    }
    entry.known[at] = answer;
  }

  /** Whoever does not have a text does not have a longer one that contains it. */
  function widerThan(text: string | null): Entry<T> | null {
    let widest: Entry<T> | null = null;
    for (const entry of text === null ? [] : entries.values()) {
      if (entry.text !== null && text?.includes(entry.text) && entry.text.length > (widest?.text?.length ?? 0)) {
        widest = entry;
      }
    }
    return widest;
  }

  return {
    of(term, make) {
      const key = keyOf(term);
      const text = term.field === null ? plainWord(term.value) : null;
      let entry = entries.get(key);
      const wider = entry ? null : widerThan(text);
      entry ??= { test: make(), known: new Uint8Array(0), text, query };
      entry.query = query;
      entries.set(key, entry);
      const one = entry;
      return (item, at) => {
        const known = one.known[at];
        if (known) return known === YES;
        const answer = wider?.known[at] !== NO && one.test(item, at);
        put(one, at, answer ? YES : NO);
        return answer;
      };
    },
    begin(kept) {
      for (const [key, entry] of entries) {
        if (entry.query >= kept) continue;
        entries.delete(key);
        // A longer text's test may still ask it, and it is not told of changes any more.
        entry.known = new Uint8Array(0);
      }
      return ++query;
    },
    forget(at) {
      for (const { known } of entries.values()) if (at < known.length) known[at] = 0;
    },
    clear() {
      for (const entry of entries.values()) entry.known = new Uint8Array(0);
    },
  };
}

const keyOf = ({ field, operator, value: { text, quoted } }: Term): string =>
  JSON.stringify([field?.name ?? null, operator, text, quoted]);
