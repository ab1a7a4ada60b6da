/** A log as a file: one JSON value a line, the header first. */

import type { Header, Hole, Line } from '../record/record.ts';
import type { Log, PageLoad } from './types.ts';

/** What of a log goes into a file. */
export type Exported = Pick<Log, 'records'> & { readonly loads: readonly Pick<PageLoad, 'load' | 'holes'>[] };

/**
 * The lines of an export, without line ends: the header, then the records in order of arrival, each hole before the
 * first record of its page load that comes after it. Times are ISO 8601 UTC.
 */
export function* exportLines(log: Exported, header: Header): Generator<string> {
  const holes = new Map(log.loads.map(({ load, holes }) => [load, [...holes]]));
  yield line(header);
  for (const record of log.records) {
    const due = holes.get(record.page.load) ?? [];
    const seq = parseInt(record.id.slice(record.id.lastIndexOf('/') + 1), 10);
    for (let hole: Hole | undefined = due[0]; hole && hole.from < seq; hole = due[0]) {
      yield line(hole);
      due.shift();
    }
    yield line(record);
  }
  for (const due of holes.values()) for (const hole of due) yield line(hole);
}

const line = (value: Line): string => JSON.stringify(value);
