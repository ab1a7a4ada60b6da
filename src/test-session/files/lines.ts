/** A session as NDJSON: the record of it all, and its bare events. */

import { linesOf } from '../../log/export.ts';
import type { Hole } from '../../record/record.ts';
import type { Leaving } from './leaving.ts';

/** The lines of the record, each ended: header, then records, holes and marks in the order of time. */
export function* recordLines({ header, through, redaction, holes, marks }: Leaving): Generator<string> {
  const byLoad = new Map<string, Hole[]>();
  for (const hole of holes) byLoad.set(hole.load, [...(byLoad.get(hole.load) ?? []), hole]);
  const loads = [...byLoad].map(([load, own]) => ({ load, holes: own }));
  let next = 0;
  for (const line of linesOf({ records: through(redaction.record), loads }, header)) {
    if (line.type === 'record') {
      for (let mark = marks[next]; mark && mark.time <= line.time; mark = marks[++next]) yield lineOf(mark);
    }
    yield lineOf(line);
  }
  for (const mark of marks.slice(next)) yield lineOf(mark);
}

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;

/** The events that left, or would have: what was accepted or seen on the wire, one a line, as the intake reads them. */
export function* eventLines({ through, redaction }: Leaving): Generator<string> {
  const events = through(({ event, decision, reconstructed }) => {
    const isSent = decision.state === 'accepted' || decision.state === 'unknown';
    return isSent && !reconstructed ? redaction.event(event) : null;
  });
  for (const event of events) yield typeof event === 'object' && event !== null ? lineOf(event) : '';
}
