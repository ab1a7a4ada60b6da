import type { Reader } from '../../../src/panel/store/following.ts';
import type { Record } from '../../../src/record/record.ts';

/** A reader that has looked at all of these records. */
export function tallied<R extends Reader>(make: () => R, records: readonly Record[]): R {
  const reader = make();
  records.forEach((record, index) => reader.look(index, record));
  return reader;
}
