import { createAnswers } from '../../log/query/answers.ts';
import { compile, faultsOf, type Predicate } from '../../log/query/compile.ts';
import { parseQuery } from '../../log/query/parse.ts';
import { recordFields } from '../../log/query/record-fields.ts';
import type { Fault } from '../../log/query/syntax.ts';
import { createTextIndex } from '../../log/query/text-index.ts';
import type { Record } from '../../record/record.ts';

/** Which records a query finds: each is looked at when it comes and when it changes, and all when the query does. */
export interface Filter {
  /** Whether every record is found, because nothing is asked for. */
  readonly all: boolean;
  /** How many of the records that were looked at are found. */
  readonly found: number;
  /** Whether the answers are still those to an earlier query. */
  readonly seeking: boolean;
  readonly fields: ReturnType<typeof recordFields>;
  has(index: number): boolean;
  /** Asks for something else. Until all records were looked at, in steps, the answers are those to the last query. */
  ask(text: string): Fault[];
  /** Looks at a record that is new or has changed; answers whether it was found and is not, or the other way. */
  look(index: number): boolean;
  /** Goes on with what is to be done, until `isOver`; answers whether all is done. `asked`: a new query has its answers. */
  step(isOver: () => boolean): { done: boolean; asked: boolean };
  move(places: Int32Array | null): void;
}

/** How often the clock is asked. */
const EVERY = 64;

/** So many queries back it is known what was found by each of their terms. */
const REMEMBERED = 8;

interface Pass {
  /** Of its query. */
  number: number;
  test: Predicate<Record>;
  all: boolean;
  /** One byte a record: 1 where it is found. */
  answers: Uint8Array<ArrayBuffer>;
  found: number;
  /** How many were looked at. */
  upTo: number;
}

export function createFilter(records: readonly Record[]): Filter {
  const index = createTextIndex();
  const fields = recordFields(index);
  const known = createAnswers<Record>();
  const nothing = { answers: new Uint8Array(0), found: 0, upTo: 0 };
  const everything = (): Pass => ({ number: Infinity, test: () => true, all: true, ...nothing });
  let current = everything();
  let next: Pass | null = null;
  /** The number of the last query. */
  let last = 0;
  /** How many are in the text index; and which of these have changed since. */
  let indexed = 0;
  const stale = new Set<number>();

  function answer(pass: Pass, at: number): boolean {
    const record = records[at];
    if (!record || pass.all) return false;
    if (at >= indexed || stale.size > 0) indexUpTo(at);
    if (at >= pass.answers.length) {
      const larger = new Uint8Array(Math.max(1024, Math.ceil(Math.max(at * 1.5, records.length))));
      larger.set(pass.answers);
      pass.answers = larger;
    }
    const before = pass.answers[at] ?? 0;
    const now = pass.test(record, at) ? 1 : 0;
    pass.answers[at] = now;
    pass.found += now - before;
    pass.upTo = Math.max(pass.upTo, at + 1);
    return now !== before;
  }

  function take(at: number): void {
    const record = records[at];
    if (record) index.take(at, record);
  }

  function indexUpTo(at: number): void {
    if (stale.delete(at)) take(at);
    while (indexed <= at) take(indexed++);
  }

  return {
    get all() {
      return current.all;
    },
    get found() {
      return current.all ? records.length : current.found;
    },
    get seeking() {
      return next !== null;
    },
    fields,
    has: at => current.all || current.answers[at] === 1,
    ask(text) {
      const { query, faults } = parseQuery(text);
      const isAll = query.kind === 'all';
      if (isAll) current = everything();
      last = known.begin(Math.min(current.number, last - REMEMBERED));
      next = isAll ? null : { number: last, test: compile(query, fields, known), all: false, ...nothing };
      return [...faults, ...faultsOf(query, fields)].sort((a, b) => a.from - b.from);
    },
    look(at) {
      known.forget(at);
      if (at < indexed) stale.add(at);
      if (next && at < next.upTo) answer(next, at);
      return answer(current, at);
    },
    step(isOver) {
      let count = 0;
      const isDue = () => ++count % EVERY === 0 && isOver();
      let asked = false;
      if (next) {
        while (next.upTo < records.length) {
          answer(next, next.upTo);
          if (isDue()) return { done: false, asked };
        }
        current = next;
        next = null;
        asked = true;
      }
      while (indexed < records.length) {
        take(indexed++);
        if (isDue()) return { done: false, asked };
      }
      for (const at of stale) {
        stale.delete(at);
        take(at);
        if (isDue()) return { done: false, asked };
      }
      return { done: true, asked };
    },
    move(places) {
      known.clear();
      if (!places || places.every(place => place < 0)) {
        index.clear();
        indexed = 0;
        stale.clear();
        current = { ...current, ...nothing };
      } else {
        index.move(places.subarray(0, indexed));
        indexed = places.subarray(0, indexed).reduce((count, place) => (place < 0 ? count : count + 1), 0);
        const kept = [...stale].flatMap(at => ((places[at] ?? -1) < 0 ? [] : [places[at] ?? 0]));
        stale.clear();
        for (const at of kept) stale.add(at);
        current = moved(current, places);
      }
      if (next) next = { ...next, ...nothing };
    },
  };
}

function moved(pass: Pass, places: Int32Array): Pass {
  const answers = new Uint8Array(pass.answers.length);
  let found = 0;
  let upTo = 0;
  places.forEach((place, at) => {
    if (place < 0 || at >= pass.upTo) return;
    const one = pass.answers[at] ?? 0;
    answers[place] = one;
    found += one;
    upTo++;
  });
  return { ...pass, answers, found, upTo };
}
