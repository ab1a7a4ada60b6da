/** A session on its way out: what identifies somebody is replaced as each record is asked for. */

import type { PageLoad } from '../../log/types.ts';
import type { Record } from '../../record/record.ts';
import { loadsOf } from '../loads.ts';
import type { TestSession } from '../session.ts';
import type { Redaction } from './redact.ts';

export interface Leaving extends Omit<TestSession, 'records'> {
  /** Made anew each time that they are gone through. */
  records: Iterable<Record>;
  /** How many there are. */
  count: number;
  redaction: Redaction;
  /** As they were recorded, for who needs few of them, or of each only what identifies nobody. */
  recorded: readonly Record[];
  /** Redacted. */
  loads(): PageLoad[];
}

/** Records between two calls of `onProgress`. */
const AT_ONCE = 200;

/** @param onProgress told now and then how many records have left */
export function leaving(session: TestSession, redaction: Redaction, onProgress?: (done: number) => void): Leaving {
  const { header, records, holes, marks } = session;
  return {
    header: redaction.header(header),
    records: {
      *[Symbol.iterator]() {
        for (const [index, record] of records.entries()) {
          if (index % AT_ONCE === 0) onProgress?.(index);
          yield redaction.record(record);
        }
      },
    },
    count: records.length,
    holes,
    marks: marks.map(redaction.mark),
    redaction,
    recorded: records,
    loads: () =>
      loadsOf(session).map(load => ({
        ...load,
        url: redaction.text(load.url),
        session: load.session === null ? null : redaction.text(load.session),
      })),
  };
}
