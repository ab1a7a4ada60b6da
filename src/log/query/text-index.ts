/**
 * The texts of records, each looked at once. A text that many records have is kept once; a record is a list of numbers of
 * texts. So a word is looked for in each different text, and then only numbers are gone through. The names in an event,
 * as many as its values, are the same in all events of a kind: they are a list that these share, its shape.
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

const NO = 1;
const YES = 2;

/** Which of the different texts have what is looked for. */
interface Met {
  /** What is looked for, where that is plain. */
  word: string | null;
  texts: readonly string[];
  /** A byte a text: NO, YES, or 0 where it was not looked at, since a record has what is looked for in another. */
  met: Uint8Array<ArrayBuffer>;
}

const rootName = (): Name => ({ path: '', number: 0, members: new Map() });

export function createTextIndex(): TextIndex {
  let numbers = new Map<string, number>();
  let texts: string[] = [];
  /** The texts of all records, names aside, one after the other; where each record's begin and end; and its shape. */
  let all = new Uint32Array(1024);
  let used = 0;
  let begins = new Uint32Array(256);
  let ends = new Uint32Array(256);
  let shapeAt = new Uint32Array(256);
  let count = 0;
  /** The names of each shape, as numbers of texts; and which shape has these names. */
  let shapes: (readonly number[])[] = [];
  let shapeNumbers = new Map<string, number>();
  const fresh = new Set<number>();
  const names = new Set<number>();
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

  function collect(record: Record): void {
    const { api, stream, redirectedFrom, instrument, experiment, action, schema, event, page, checks } = record;
    fresh.clear();
    names.clear();
    for (const text of [api, stream, redirectedFrom, instrument, experiment, action, schema, page.url]) {
      if (text !== null) fresh.add(numberOf(text));
    }
    for (const { check } of checks) fresh.add(numberOf(check));
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
          names.add(member.number);
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

  function shapeOf(): number {
    const key = [...names].join();
    let shape = shapeNumbers.get(key);
    if (shape === undefined) {
      shape = shapes.push([...names]) - 1;
      shapeNumbers.set(key, shape);
    }
    return shape;
  }

  function put(at: number, shape: number): void {
    shapeAt[at] = shape;
    if (used + fresh.size > all.length) all = grown(all, Math.max(all.length * 1.5, used + fresh.size));
    begins[at] = used;
    for (const number of fresh) all[used++] = number;
    ends[at] = used;
  }

  function clear(): void {
    numbers = new Map();
    texts = [];
    shapes = [];
    shapeNumbers = new Map();
    root = rootName();
    used = 0;
    count = 0;
  }

  return {
    take(at, record) {
      if (at >= begins.length) {
        const size = begins.length * 1.5;
        [begins, ends, shapeAt] = [grown(begins, size), grown(ends, size), grown(shapeAt, size)];
      }
      collect(record);
      const shape = shapeOf();
      if (at < count && isSame()) return;
      count = Math.max(count, at + 1);
      put(at, shape);

      function isSame(): boolean {
        let next = begins[at] ?? 0;
        if (shapeAt[at] !== shape) return false;
        if ((ends[at] ?? 0) - next !== fresh.size) return false;
        for (const number of fresh) if (all[next++] !== number) return false;
        return true;
      }
    },
    lookUp(value) {
      const matches = textMatcher(value, false);
      const word = plainWord(value);
      const mine: Met = { word, texts, met: new Uint8Array(Math.max(texts.length, 64)) };
      /** Of the shapes that were looked at: whether one of its names has it. */
      let shapesMet: boolean[] = [];
      const wider = word !== null && last?.word && word.includes(last.word) ? last : null;
      last = mine;

      /** Takes up what was added, or put in another order, since. */
      function follow(): void {
        const met = new Uint8Array(texts.length * 2);
        if (mine.texts === texts) met.set(mine.met);
        else shapesMet = [];
        Object.assign(mine, { texts, met });
      }

      function look(number: number): boolean {
        const isOut = wider?.texts === texts && wider.met[number] === NO;
        const isMet = !isOut && matches(texts[number] ?? '');
        mine.met[number] = isMet ? YES : NO;
        return isMet;
      }

      const has = (number: number): boolean => {
        const known = mine.met[number];
        return known === YES || (known === 0 && look(number));
      };

      return {
        matches: lower => matches(lower),
        has(at) {
          if (mine.met.length < texts.length || mine.texts !== texts) follow();
          if (at >= count) return false;
          const shape = shapeAt[at] ?? 0;
          if ((shapesMet[shape] ??= shapes[shape]?.some(has) ?? false)) return true;
          const end = ends[at] ?? 0;
          for (let i = begins[at] ?? 0; i < end; i++) if (has(all[i] ?? 0)) return true;
          return false;
        },
      };
    },
    move(places) {
      const old = { texts, all, begins, ends, count, shapes, shapeAt };
      let kept = 0;
      for (let i = 0; i < old.count; i++) if ((places[i] ?? -1) >= 0) kept++;
      clear();
      if (kept === 0) return;
      all = new Uint32Array(old.all.length);
      begins = new Uint32Array(old.begins.length);
      ends = new Uint32Array(old.ends.length);
      shapeAt = new Uint32Array(old.shapeAt.length);
      // What only those texts needed that are gone goes with them.
      const renumbered = new Int32Array(old.texts.length).fill(-1);
      const renumber = (number: number): number => {
        if (renumbered[number] === -1) renumbered[number] = numberOf(old.texts[number] ?? '');
        return renumbered[number] ?? 0;
      };
      for (let i = 0; i < old.count; i++) {
        const place = places[i] ?? -1;
        if (place < 0) continue;
        fresh.clear();
        names.clear();
        for (let at = old.begins[i] ?? 0; at < (old.ends[i] ?? 0); at++) fresh.add(renumber(old.all[at] ?? 0));
        for (const number of old.shapes[old.shapeAt[i] ?? 0] ?? []) names.add(renumber(number));
        put(place, shapeOf());
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
