/** A session on its way out: what identifies somebody is replaced as each record is asked for. */

import type { PageLoad } from '../../log/types.ts';
import type { Record } from '../../record/record.ts';
import { loading } from '../loads.ts';
import type { TestSession } from '../session.ts';
import type { Redaction } from './redact.ts';

export interface Leaving extends Omit<TestSession, 'records'> {
  /** What is made of each record, one after the other; whoever asks for little has little redacted. */
  through<T>(make: (record: Record) => T): Iterable<T>;
  /** How many there are. */
  count: number;
  redaction: Redaction;
  /** As they were recorded, for who needs few of them, or of each only what identifies nobody. */
  recorded: readonly Record[];
  /** Redacted. Yields nothing, now and then, so that others can run. */
  loads(): Generator<string, PageLoad[]>;
}

/** Records between two calls of `onProgress`. */
const AT_ONCE = 200;

/** @param onProgress told now and then how many records have left */
export function leaving(session: TestSession, redaction: Redaction, onProgress?: (done: number) => void): Leaving {
  const { header, records, holes, marks } = session;
  return {
    header: redaction.header(header),
    *through(make) {
      for (const [index, record] of records.entries()) {
        if (index % AT_ONCE === 0) onProgress?.(index);
        yield make(record);
      }
    },
    count: records.length,
    holes,
    marks: marks.map(redaction.mark),
    redaction,
    recorded: records,
    *loads() {
      const work = loading(session);
      let step = work.next();
      for (; !step.done; step = work.next()) yield '';
      return step.value.map(load => ({
        ...load,
        url: redaction.text(load.url),
        session: load.session === null ? null : redaction.text(load.session),
      }));
    },
  };
}
