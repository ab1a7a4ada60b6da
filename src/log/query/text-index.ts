/**
 * The texts of records, each looked at once. A text that many records have is kept once; a record is a list of numbers of
 * texts. So a word is looked for in each different text, and then only numbers are gone through.
 */

import type { Record } from '../../record/record.ts';
import { textMatcher } from './match.ts';
import type { Value } from './syntax.ts';
import { walk } from './paths.ts';

export interface TextIndex {
  /** Takes what the record at this place in the log says now: it is the next one, or one that is there and has changed. */
  take(at: number, record: Record): void;
  /** Looks for a text in all records, also those that are taken later. */
  lookUp(value: Value): { has(at: number): boolean; matches(lower: string): boolean };
  /** Moves the records to other places: those that are negative are gone. */
  move(places: Int32Array): void;
  clear(): void;
}

/** Of one event so many values are looked at. */
const MOST_VALUES = 500;
/** Of one text so many UTF-16 units are. */
const LONGEST = 2_000;

export function createTextIndex(): TextIndex {
  let numbers = new Map<string, number>();
  let texts: string[] = [];
  /** The texts of all records, one after the other; and where each record's begin and end. */
  let all = new Uint32Array(1024);
  let used = 0;
  let begins = new Uint32Array(256);
  let ends = new Uint32Array(256);
  let count = 0;
  const fresh = new Set<number>();

  function numberOf(text: string): number {
    const lower = (text.length > LONGEST ? text.slice(0, LONGEST) : text).toLowerCase();
    let number = numbers.get(lower);
    if (number === undefined) {
      number = texts.push(lower) - 1;
      numbers.set(lower, number);
    }
    return number;
  }

  function collect({ api, stream, redirectedFrom, instrument, experiment, action, schema, event, page }: Record): void {
    fresh.clear();
    for (const text of [api, stream, redirectedFrom, instrument, experiment, action, schema, page.url]) {
      if (text !== null) fresh.add(numberOf(text));
    }
    walk(
      event,
      (path, value) => {
        fresh.add(numberOf(path));
        if (value !== null) fresh.add(numberOf(typeof value === 'string' ? value : JSON.stringify(value)));
      },
      MOST_VALUES,
    );
  }

  function put(at: number): void {
    if (used + fresh.size > all.length) all = grown(all, Math.max(all.length * 1.5, used + fresh.size));
    begins[at] = used;
    for (const number of fresh) all[used++] = number;
    ends[at] = used;
  }

  function clear(): void {
    numbers = new Map();
    texts = [];
    used = 0;
    count = 0;
  }

  return {
    take(at, record) {
      if (at >= begins.length) [begins, ends] = [grown(begins, begins.length * 1.5), grown(ends, ends.length * 1.5)];
      collect(record);
      if (at < count && isSame()) return;
      count = Math.max(count, at + 1);
      put(at);

      function isSame(): boolean {
        let next = begins[at] ?? 0;
        if ((ends[at] ?? 0) - next !== fresh.size) return false;
        for (const number of fresh) if (all[next++] !== number) return false;
        return true;
      }
    },
    lookUp(value) {
      const matches = textMatcher(value, false);
      let met = new Uint8Array(Math.max(texts.length, 64));
      let looked = 0;
      let of = texts;
      return {
        matches: lower => matches(lower),
        has(at) {
          if (of !== texts) [of, looked] = [texts, 0];
          if (met.length < texts.length) {
            const larger = new Uint8Array(texts.length * 2);
            larger.set(met);
            met = larger;
          }
          for (; looked < texts.length; looked++) met[looked] = matches(texts[looked] ?? '') ? 1 : 0;
          const end = at < count ? (ends[at] ?? 0) : 0;
          for (let i = begins[at] ?? 0; i < end; i++) if (met[all[i] ?? 0] === 1) return true;
          return false;
        },
      };
    },
    move(places) {
      const old = { texts, all, begins, ends, count };
      let kept = 0;
      for (let i = 0; i < old.count; i++) if ((places[i] ?? -1) >= 0) kept++;
      clear();
      if (kept === 0) return;
      all = new Uint32Array(old.all.length);
      begins = new Uint32Array(old.begins.length);
      ends = new Uint32Array(old.ends.length);
      // What only those texts needed that are gone goes with them.
      const renumbered = new Int32Array(old.texts.length).fill(-1);
      for (let i = 0; i < old.count; i++) {
        const place = places[i] ?? -1;
        if (place < 0) continue;
        fresh.clear();
        for (let at = old.begins[i] ?? 0; at < (old.ends[i] ?? 0); at++) {
          const number = old.all[at] ?? 0;
          if (renumbered[number] === -1) renumbered[number] = numberOf(old.texts[number] ?? '');
          fresh.add(renumbered[number] ?? 0);
        }
        put(place);
        count = Math.max(count, place + 1);
      }
    },
    clear,
  };
}

function grown(old: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.ceil(size));
  larger.set(old);
  return larger;
}
