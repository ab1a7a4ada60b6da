/** The records as the log keeps them: to whom each belongs, whether it is judged, what has changed since the last look. */

import type { Finding, Json, Record, Verdict } from '../record/record.ts';
import type { Post } from './deliver.ts';
import type { Load } from './load.ts';
import { firstVerdict } from './records.ts';
import { createSessions, type Sessions } from './sessions.ts';

export interface Book {
  readonly records: Record[];
  readonly sessions: Sessions;
  /** Indexes of records that a later fact is to complete. */
  readonly incomplete: Set<number>;
  add(load: Load, record: Record): Post;
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
  /** Asks for the record to be checked again: something that is no part of its event has changed. */
  checkAgain(index: number): void;
  checked(index: number): void;
  /** Indexes of records whose checks are still due, those that came first first. */
  unchecked(): Iterable<number>;
  drain(): { added: number; changed: number[] };
  clear(): void;
}

/**
 * @param judged called where a record's verdict, or its being judged, has changed
 * @param checks whether somebody checks records: only then a record waits for that to be final
 */
export function createBook(judged: (index: number) => void, checks = false): Book {
  const records: Record[] = [];
  const owners: Load[] = [];
  const sessions = createSessions();
  const unjudged = new Set<number>();
  const incomplete = new Set<number>();
  const changed = new Set<number>();
  const unchecked = new Set<number>();
  const kept = new Map<number, Json>();
  let drained = 0;

  function touch(index: number): void {
    const record = records[index];
    if (!record) return;
    const { verdict, delivery } = record;
    const closed = owners[index]?.closed === true;
    const delivered = delivery.state === 'lost' ? closed : delivery.state !== 'queued' && delivery.state !== 'sent';
    const looked = verdict.verdict !== 'pending' && !unchecked.has(index);
    record.final = delivered && looked && (closed || !incomplete.has(index));
    if (index < drained) changed.add(index);
  }

  function set(index: number, record: Record, verdict: Verdict): void {
    record.verdict = verdict;
    if (verdict.verdict === 'pending' && record.decision.state !== 'waiting') unjudged.add(index);
    else unjudged.delete(index);
    judged(index);
    touch(index);
  }

  function judgeAgain(index: number): void {
    const record = records[index];
    if (!record) return;
    if (checks) unchecked.add(index);
    set(index, record, firstVerdict(record));
  }

  return {
    records,
    sessions,
    incomplete,
    add(load, record) {
      const index = records.push(record) - 1;
      owners.push(load);
      load.page.records++;
      if (record.session === null || record.pageview === null) load.unidentified.add(index);
      sessions.add(record, load.page);
      judgeAgain(index);
      return { index, taken: false };
    },
    get: index => records[index],
    owner: index => owners[index],
    change(index, fields) {
      const record = records[index];
      const load = owners[index];
      if (!record || !load) return;
      sessions.remove(record);
      Object.assign(record, fields);
      sessions.add(record, load.page);
      touch(index);
    },
    touch,
    judge(index, verdict, of) {
      const record = records[index];
      if (!record || (of !== undefined && record.event !== of)) return;
      if (verdict.verdict === 'pending') judgeAgain(index);
      else set(index, record, verdict);
    },
    judgeAgain,
    find(index, isMine, findings) {
      const record = records[index];
      if (!record) return;
      const others = record.checks.filter(({ check }) => !isMine(check));
      if (findings.length === 0 && others.length === record.checks.length) return;
      record.checks = [...others, ...findings];
      touch(index);
    },
    unjudged: () => [...unjudged].sort((a, b) => a - b),
    keep(index, event) {
      if (!kept.has(index)) kept.set(index, event);
    },
    atCall: index => kept.get(index) ?? null,
    checkAgain(index) {
      if (!checks || !records[index]) return;
      unchecked.add(index);
      touch(index);
    },
    checked(index) {
      if (unchecked.delete(index)) touch(index);
    },
    unchecked: () => unchecked,
    drain() {
      const changes = { added: records.length - drained, changed: [...changed] };
      drained = records.length;
      changed.clear();
      return changes;
    },
    clear() {
      records.length = 0;
      owners.length = 0;
      for (const all of [unjudged, incomplete, changed, unchecked, kept]) all.clear();
      sessions.clear();
      drained = 0;
    },
  };
}
