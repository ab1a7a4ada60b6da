/** A log as a file: one JSON value a line, the header first. */

import type { Header, Hole, Record } from '../record/record.ts';
import type { PageLoad } from './types.ts';

/** What of a log goes into a file. */
export interface Exported {
  readonly records: Iterable<Record>;
  readonly loads: readonly Pick<PageLoad, 'load' | 'holes'>[];
}

/** The lines of an export, as text without line ends. */
export function* exportLines(log: Exported, header: Header): Generator<string> {
  for (const line of linesOf(log, header)) yield JSON.stringify(line);
}

/**
 * What an export consists of: the header, then the records in order of arrival, each hole before the first record of
 * its page load that comes after it. Times are ISO 8601 UTC.
 */
export function* linesOf(log: Exported, header: Header): Generator<Header | Record | Hole> {
  const holes = new Map(log.loads.map(({ load, holes }) => [load, [...holes]]));
  yield header;
  for (const record of log.records) {
    const due = holes.get(record.page.load) ?? [];
    const seq = parseInt(record.id.slice(record.id.lastIndexOf('/') + 1), 10);
    for (let hole: Hole | undefined = due[0]; hole && hole.from < seq; hole = due[0]) {
      yield hole;
      due.shift();
    }
    yield record;
  }
  for (const due of holes.values()) yield* due;
}
