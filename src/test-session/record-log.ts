/** A log of records that are there already, of a file or an earlier recording: nothing joins them any more. */

import { createBook } from '../log/book.ts';
import { createDeliveries } from '../log/deliver.ts';
import { createLoad, type Load } from '../log/load.ts';
import type { Log, PageLoad } from '../log/types.ts';
import type { Record } from '../record/record.ts';

const AT_ONCE = 200;

/**
 * In slices: yields how many records it has taken.
 * @param records in the order of their calls
 * @param loads all of their page loads
 */
export function* createRecordLog(records: readonly Record[], loads: readonly PageLoad[]): Generator<number, Log> {
  const book = createBook(() => undefined, true);
  const byId = new Map<string, Load>();
  for (const page of loads) {
    const deliveries = createDeliveries(() => null);
    const load = createLoad({ load: page.load, frame: page.frame, url: page.url, facts: [] }, deliveries);
    byId.set(page.load, { ...load, page: { ...page, records: 0 }, closed: true });
  }
  const all = [...byId.values()].map(({ page }) => page);
  let loadsChanged = true;

  for (const [place, record] of records.entries()) {
    if (place % AT_ONCE === 0) yield place;
    const load = byId.get(record.page.load);
    if (!load) continue;
    const { verdict } = record;
    const { index } = book.add(load, record);
    // What was judged when it was recorded stays so: schemas may have changed since.
    if (verdict.verdict === 'pending') continue;
    book.judge(index, verdict);
    book.checked(index);
  }

  return {
    records: book.records,
    loads: all,
    ingest: () => 0,
    note: () => undefined,
    settle: () => undefined,
    waits: () => false,
    verdict: book.judge,
    findings(index, findings) {
      book.find(index, () => true, findings);
      book.checked(index);
    },
    unchecked: book.unchecked,
    atCall: book.atCall,
    passed: book.passed,
    pending: book.unjudged,
    sessions: () => book.sessions.summaries(all),
    drain() {
      const changes = { ...book.drain(), loads: loadsChanged };
      loadsChanged = false;
      return changes;
    },
    // What is shown is what was recorded: nothing goes because of a limit, and what is kept cannot be cleared from here.
    gone: 0,
    limit: () => undefined,
    dropEnded: () => undefined,
    clear: () => undefined,
    unclear: () => undefined,
    forgetCleared: () => undefined,
  };
}
