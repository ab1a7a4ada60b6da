/** A session as NDJSON: the record of it all, and its bare events. */

import { exportLines } from '../../log/export.ts';
import type { Hole } from '../../record/record.ts';
import type { TestSession } from '../session.ts';

/** The lines of the record, each ended: header, then records, holes and marks in the order of time. */
export function* recordLines({ header, records, holes, marks }: TestSession): Generator<string> {
  const byLoad = new Map<string, Hole[]>();
  for (const hole of holes) byLoad.set(hole.load, [...(byLoad.get(hole.load) ?? []), hole]);
  const loads = [...byLoad].map(([load, own]) => ({ load, holes: own }));
  const due = [...marks];
  // Of the records only their times are needed here; lines come one a record, in order, with holes between them.
  let next = 0;
  for (const line of exportLines({ records, loads }, header)) {
    if (line.startsWith('{"type":"record"')) {
      const time = records[next++]?.time ?? '';
      for (let mark = due[0]; mark && mark.time <= time; mark = due[0]) {
        yield `${JSON.stringify(mark)}\n`;
        due.shift();
      }
    }
    yield `${line}\n`;
  }
  for (const mark of due) yield `${JSON.stringify(mark)}\n`;
}

/** The events that left, or would have: what was accepted or seen on the wire, one a line, as the intake reads them. */
export function* eventLines({ records }: TestSession): Generator<string> {
  for (const { event, decision, reconstructed } of records) {
    const isSent = decision.state === 'accepted' || decision.state === 'unknown';
    if (isSent && !reconstructed && typeof event === 'object' && event !== null) yield `${JSON.stringify(event)}\n`;
  }
}
