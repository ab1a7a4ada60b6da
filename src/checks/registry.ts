/** All checks, and what runs them over records as they come. */

import type { Finding } from '../record/record.ts';
import { CHECKS } from './all.ts';
import { createRecent, type Recent } from './recent.ts';
import type { Check, Found, Look, Subject } from './types.ts';

export interface Checks {
  /**
   * The findings of one record. A record that is looked at again, because more became known of it, is not taken for
   * another one: what checks with a memory said of it stays.
   */
  of(subject: Subject): Finding[];
  /** Forgets all that was remembered. */
  forget(): void;
}

const MOST_LOADS = 200;
const ANSWERS = 25_000;

/** Drops the oldest of a map beyond this many. */
function trim<Value>(map: Map<string, Value>, most: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
}

interface Memory {
  check: Check;
  all: Look | null;
  loads: Map<string, Look>;
  answers: Recent<Found[]>;
}

function lookOf(memory: Memory, load: string): Look {
  const { check } = memory;
  if ('look' in check) return check.look;
  if (check.memory === 'all') return (memory.all ??= check.begin());
  const known = memory.loads.get(load);
  if (known) return known;
  const look = check.begin();
  memory.loads.set(load, look);
  trim(memory.loads, MOST_LOADS);
  return look;
}

function ask(memory: Memory, subject: Subject): Found[] {
  const { id, page } = subject.record;
  const look = lookOf(memory, page.load);
  if ('look' in memory.check) return look(subject);
  const before = memory.answers.get(id);
  if (before) return before;
  const answer = look(subject);
  memory.answers.set(id, answer);
  return answer;
}

/** Makes the checks ready, with an empty memory. Subjects are to come in the order of their calls. */
export function createChecks(checks: readonly Check[] = CHECKS): Checks {
  const begin = () =>
    checks.map((check): Memory => ({ check, all: null, loads: new Map(), answers: createRecent(ANSWERS) }));
  let memories = begin();
  return {
    of(subject) {
      const findings: Finding[] = [];
      for (const memory of memories) {
        const { name, severity } = memory.check;
        for (const { message, path } of ask(memory, subject)) findings.push({ check: name, severity, message, path });
      }
      return findings;
    },
    forget() {
      memories = begin();
    },
  };
}
