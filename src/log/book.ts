/** The records as the log keeps them: to whom each belongs, whether it is judged, what has changed since the last look. */

import type { Finding, Json, Record, Verdict } from '../record/record.ts';
import { GONE, type Post } from './deliver.ts';
import type { Load } from './load.ts';
import { createMoves, moveAll } from './moves.ts';
import { firstVerdict } from './records.ts';
import { createSessions, type Sessions } from './sessions.ts';
import type { Changes } from './types.ts';

export interface Book {
  readonly records: Record[];
  readonly sessions: Sessions;
  /** Indexes of records that a later fact is to complete. */
  readonly incomplete: Set<number>;
  add(load: Load, record: Record): Post;
  /** The record at an index; one that is negative is of what was cleared last. */
  get(index: number): Record | undefined;
  owner(index: number): Load | undefined;
  change(index: number, fields: Partial<Record>): void;
  /** Says that a record was changed in place. */
  touch(index: number): void;
  /** Sets a record's verdict; with `of`, only where that is still its event. `pending` asks for it to be judged again. */
  judge(index: number, verdict: Verdict, of?: Json): void;
  judgeAgain(index: number): void;
  /** Replaces the findings of one maker: those whose `check` is one of these, or all but these. */
  find(index: number, isMine: (check: string) => boolean, findings: Finding[]): void;
  unjudged(): number[];
  /** Remembers the event as it was at the call, where what was sent is another one. */
  keep(index: number, event: Json): void;
  atCall(index: number): Json;
  /** Remembers what the caller passed, where that tells more than the event does. */
  pass(index: number, data: Json): void;
  passed(index: number): Json | undefined;
  /** Asks for the record to be checked again: something that is no part of its event has changed. */
  checkAgain(index: number): void;
  checked(index: number): void;
  /** Indexes of records whose checks are still due, those that came first first. */
  unchecked(): Iterable<number>;
  drain(): Pick<Changes, 'added' | 'changed' | 'moved'>;
  /** Takes records out for good: so many of the oldest of each page load. */
  drop(going: ReadonlyMap<string, number>): void;
  /** Puts all records aside, in place of those that were put aside before: these are gone then. */
  clear(): void;
  /** Takes up again what was put aside. */
  unclear(): void;
  /** What was put aside is gone. */
  forget(): void;
}

interface Entry {
  record: Record;
  owner: Load;
  post: Post;
}

/**
 * @param judged called where a record's verdict, or its being judged, has changed
 * @param checks whether somebody checks records: only then a record waits for that to be final
 */
export function createBook(judged: (index: number) => void, checks = false): Book {
  const records: Record[] = [];
  const owners: Load[] = [];
  const posts: Post[] = [];
  let aside: Entry[] = [];
  const sessions = createSessions();
  const unjudged = new Set<number>();
  const incomplete = new Set<number>();
  const changed = new Set<number>();
  const unchecked = new Set<number>();
  const kept = new Map<number, Json>();
  const passed = new Map<number, Json>();
  const moves = createMoves();

  const get = (index: number): Record | undefined => (index < 0 ? aside[-1 - index]?.record : records[index]);

  function touch(index: number): void {
    const record = get(index);
    if (!record) return;
    const { verdict, delivery } = record;
    const closed = owner(index)?.closed === true;
    const delivered = delivery.state === 'lost' ? closed : delivery.state !== 'queued' && delivery.state !== 'sent';
    const looked = verdict.verdict !== 'pending' && !unchecked.has(index);
    record.final = delivered && looked && (closed || !incomplete.has(index));
    if (index >= 0 && index < moves.drained) changed.add(index);
  }

  const owner = (index: number): Load | undefined => (index < 0 ? aside[-1 - index]?.owner : owners[index]);

  function set(index: number, record: Record, verdict: Verdict): void {
    record.verdict = verdict;
    if (verdict.verdict === 'pending' && record.decision.state !== 'waiting') unjudged.add(index);
    else unjudged.delete(index);
    judged(index);
    touch(index);
  }

  function judgeAgain(index: number): void {
    const record = get(index);
    if (!record) return;
    if (checks) unchecked.add(index);
    set(index, record, firstVerdict(record));
  }

  function put(record: Record, load: Load, post: Post): void {
    post.index = records.push(record) - 1;
    owners.push(load);
    posts.push(post);
    load.page.records++;
    sessions.add(record, load.page);
  }

  /** Has everything that knows a record by its index know it by its new one; `gone`: page loads whose records went. */
  function move(places: (index: number) => number, gone: Iterable<Load> = []): void {
    const loads = new Set([...owners, ...aside.map(entry => entry.owner), ...gone]);
    const sets = [unjudged, incomplete, changed, unchecked, ...[...loads].map(load => load.unidentified)];
    for (const one of sets) moveAll(one, places);
    moveAll(kept, places);
    moveAll(passed, places);
    for (const load of loads) {
      moveAll(load.reconstructed, places);
      load.deliveries.prune(load.closed);
    }
  }

  function forget(): void {
    const gone = new Set(aside.map(entry => entry.owner));
    for (const { post } of aside) post.index = GONE;
    aside = [];
    move(index => (index < 0 ? GONE : index), gone);
  }

  function empty(): Entry[] {
    const entries = records.map((record, index) => ({ record, owner: owners[index], post: posts[index] }));
    for (const list of [records, owners, posts]) list.length = 0;
    return entries.filter((entry): entry is Entry => entry.owner !== undefined && entry.post !== undefined);
  }

  return {
    records,
    sessions,
    incomplete,
    add(load, record) {
      const post: Post = { index: 0, taken: false };
      put(record, load, post);
      if (record.session === null || record.pageview === null) load.unidentified.add(post.index);
      judgeAgain(post.index);
      return post;
    },
    get,
    owner,
    change(index, fields) {
      const record = get(index);
      const load = owner(index);
      if (!record || !load) return;
      if (index >= 0) sessions.remove(record);
      Object.assign(record, fields);
      if (index >= 0) sessions.add(record, load.page);
      touch(index);
    },
    touch,
    judge(index, verdict, of) {
      const record = get(index);
      if (!record || (of !== undefined && record.event !== of)) return;
      if (verdict.verdict === 'pending') judgeAgain(index);
      else set(index, record, verdict);
    },
    judgeAgain,
    find(index, isMine, findings) {
      const record = get(index);
      if (!record) return;
      const others = record.checks.filter(({ check }) => !isMine(check));
      if (findings.length === 0 && others.length === record.checks.length) return;
      record.checks = [...others, ...findings];
      touch(index);
    },
    unjudged: () => [...unjudged].filter(index => index >= 0).sort((a, b) => a - b),
    keep(index, event) {
      if (!kept.has(index)) kept.set(index, event);
    },
    atCall: index => kept.get(index) ?? null,
    pass: (index, data) => void passed.set(index, data),
    passed: index => passed.get(index),
    checkAgain(index) {
      if (!checks || !get(index)) return;
      unchecked.add(index);
      touch(index);
    },
    checked(index) {
      if (unchecked.delete(index)) touch(index);
    },
    *unchecked() {
      for (const index of unchecked) if (index >= 0) yield index;
    },
    drain() {
      const added = records.length - moves.drained;
      const all = { added, changed: [...changed], moved: moves.drain(records.length) };
      changed.clear();
      return all;
    },
    drop(going) {
      const left = new Map(going);
      const places = new Int32Array(records.length);
      const before = new Set(owners);
      let next = 0;
      for (const [index, load] of owners.entries()) {
        const due = left.get(load.page.load) ?? 0;
        if (due > 0) left.set(load.page.load, due - 1);
        places[index] = due > 0 ? -1 : next++;
      }
      for (const { record, owner, post } of empty()) {
        const { page } = owner;
        const place = places[post.index] ?? -1;
        if (place >= 0) {
          post.index = records.push(record) - 1;
          owners.push(owner);
          posts.push(post);
          continue;
        }
        post.index = GONE;
        page.size -= page.size / page.records;
        page.records--;
        sessions.remove(record);
      }
      move(index => (index < 0 ? index : (places[index] ?? -1) < 0 ? GONE : (places[index] ?? GONE)), before);
      moves.moved(places);
    },
    clear() {
      changed.clear();
      forget();
      aside = empty();
      for (const entry of aside) {
        entry.post.index = -1 - entry.post.index;
        entry.owner.page.records = 0;
      }
      move(index => -1 - index);
      sessions.clear();
      moves.forget();
    },
    unclear() {
      changed.clear();
      const before = aside.length;
      const since = empty();
      const back = aside;
      aside = [];
      for (const load of new Set([...back, ...since].map(entry => entry.owner))) load.page.records = 0;
      sessions.clear();
      for (const { record, owner, post } of [...back, ...since]) put(record, owner, post);
      move(index => (index < 0 ? -1 - index : index + before));
      // All are told as new: they stand where others stood.
      moves.forget();
    },
    forget,
  };
}
