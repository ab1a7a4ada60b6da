/**
 * The texts of records, each looked at once. A text that many records have is kept once; a record is a list of numbers of
 * texts. So a word is looked for in each different text, and then only numbers are gone through.
 */

import type { Json, Record } from '../../record/record.ts';
import { plainWord, textMatcher } from './match.ts';
import type { Value } from './syntax.ts';

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
const DEEPEST = 20;

interface Name {
  path: string;
  number: number;
  members: Map<string, Name>;
}

/** Which of the different texts have what is looked for. */
interface Met {
  /** What is looked for, where that is plain. */
  word: string | null;
  texts: readonly string[];
  /** Of those that were looked at: 1 where it has it. */
  met: Uint8Array<ArrayBuffer>;
  looked: number;
  /** How many have it: mostly none has, and no record is to be looked at. */
  hits: number;
}

const rootName = (): Name => ({ path: '', number: 0, members: new Map() });

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
  let root = rootName();
  let left = 0;
  let last: Met | null = null;

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
    left = MOST_VALUES;
    look(event, root, 0);
  }

  /** Names are gone through as a tree, so that no path is put together twice. */
  function look(value: Json, name: Name, depth: number): void {
    if (value === null || left <= 0) return;
    if (typeof value !== 'object') {
      left--;
      fresh.add(numberOf(typeof value === 'string' ? value : String(value)));
    } else if (depth < DEEPEST) {
      if (Array.isArray(value)) for (const member of value) look(member, name, depth + 1);
      else
        for (const key in value) {
          const member = memberOf(name, key);
          fresh.add(member.number);
          look(value[key] ?? null, member, depth + 1);
        }
    }
  }

  function memberOf(name: Name, key: string): Name {
    let member = name.members.get(key);
    if (!member) {
      const path = name === root ? key : `${name.path}.${key}`;
      member = { path, number: numberOf(path), members: new Map() };
      name.members.set(key, member);
    }
    return member;
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
    root = rootName();
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
      const word = plainWord(value);
      const mine: Met = { word, texts, met: new Uint8Array(Math.max(texts.length, 64)), looked: 0, hits: 0 };
      const wider = word !== null && last?.word && word.includes(last.word) ? last : null;
      last = mine;

      function lookThrough(): void {
        if (mine.texts !== texts) Object.assign(mine, { texts, looked: 0, hits: 0 });
        if (mine.met.length < texts.length) {
          const larger = new Uint8Array(texts.length * 2);
          larger.set(mine.met);
          mine.met = larger;
        }
        const ruled = wider?.texts === texts ? wider.looked : 0;
        for (; mine.looked < texts.length; mine.looked++) {
          const at = mine.looked;
          const isMet = (at >= ruled || wider?.met[at] === 1) && matches(texts[at] ?? '');
          mine.met[at] = isMet ? 1 : 0;
          if (isMet) mine.hits++;
        }
      }

      return {
        matches: lower => matches(lower),
        has(at) {
          if (mine.looked < texts.length || mine.texts !== texts) lookThrough();
          if (mine.hits === 0) return false;
          const { met } = mine;
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
