/** What comes of a file that is read: records, the steps that they tell of, and what had to be skipped. */

import { at, textAt } from '../../platform/json.ts';
import type { Json, Record } from '../../record/record.ts';
import { blankHeader, type TestSession } from '../session.ts';
import { type Known, recordOfEvent } from './event-record.ts';
import { isHeader, isHole, isMark, isRecord } from './own.ts';
import type { Kind } from './sniff.ts';
import { recordOfRow, type Row, stepOfRow } from './table.ts';

export interface Problem {
  /** From 1. */
  line: number;
  message: string;
}

export interface Imported {
  session: TestSession;
  /** `inspector`: a file of our own. */
  kind: Kind | 'inspector';
  /** What was skipped and why, at most 200 of it. */
  problems: Problem[];
  /** How much was skipped. */
  skipped: number;
}

const MOST_PROBLEMS = 200;

export interface Collected {
  event(event: Json, line: number, known?: Partial<Known>): void;
  /** A line of a file, which may be one of our own. */
  line(value: Json, line: number): void;
  row(row: Row): void;
  problem(line: number, message: string): void;
  done(kind: Kind): Imported;
}

export function createCollected(): Collected {
  const session: TestSession = { header: blankHeader(), records: [], holes: [], marks: [] };
  const problems: Problem[] = [];
  let skipped = 0;
  let isOwn = false;

  const problem = (line: number, message: string) => {
    skipped++;
    if (problems.length < MOST_PROBLEMS) problems.push({ line, message });
  };

  function event(value: Json, line: number, known?: Partial<Known>): void {
    if (textAt(value, '$schema') === null && at(value, 'meta') === undefined && at(value, 'schema') === undefined) {
      return problem(line, 'it is JSON, and no event: it has no $schema and no meta');
    }
    session.records.push(recordOfEvent(value, session.records.length + 1, known));
  }

  return {
    event,
    line(value, line) {
      const type = at(value, 'type');
      if (type === 'header' && isHeader(value) && !isOwn) {
        isOwn = true;
        session.header = value;
      } else if (!isOwn || textAt(value, '$schema') !== null) event(value, line);
      else if (isRecord(value)) session.records.push(value);
      else if (isHole(value)) session.holes.push(value);
      else if (isMark(value)) session.marks.push(value);
      else if (type === 'record' || type === 'hole' || type === 'mark')
        problem(line, `it is no ${type} as this version writes them`);
    },
    row(row) {
      const record = recordOfRow(row, session.records.length + 1);
      if (typeof record === 'string') return problem(row.line, record);
      session.records.push(record);
      const step = stepOfRow(row, record, session.marks);
      if (step) session.marks.push(step);
    },
    problem,
    done(kind) {
      if (!isOwn && kind !== 'table') session.records.sort(byTime);
      return { session, kind: isOwn ? 'inspector' : kind, problems, skipped };
    },
  };
}

/** Dumps of Kafka are in the order of arrival, over several partitions. The sort is stable. */
const byTime = (one: Record, other: Record) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0);
