/** What of a record is compared with what was expected of it. */

import type { Record } from '../../src/record/record.ts';
import type { Expected } from './expected.ts';

/** The fields of an expectation, as a record has them. */
function seen(record: Record): { [K in keyof Required<Expected>]: unknown } {
  const { decision, delivery, verdict } = record;
  return {
    api: record.api,
    client: record.client,
    stream: record.stream,
    redirectedFrom: record.redirectedFrom,
    instrument: record.instrument,
    experiment: record.experiment,
    action: record.action,
    schema: record.schema,
    state: decision.state,
    reason: decision.reason,
    agrees: decision.agrees,
    answer: decision.answer,
    sampling: decision.sampling,
    verdict: verdict.verdict,
    delivery: delivery.state,
    status: delivery.status,
  };
}

/** Whether all that is expected is there; an object may have more. */
function fits(found: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return Object.is(found, expected);
  if (typeof found !== 'object' || found === null) return false;
  return Object.entries(expected).every(([key, value]) => fits((found as { [key: string]: unknown })[key], value));
}

/**
 * Compares records with expectations, one by one and in order.
 * @returns a line for each difference; none where all is as expected
 */
export function differences(records: readonly Record[], expected: readonly Expected[]): string[] {
  const found: string[] = [];
  if (records.length !== expected.length) {
    const apis = records.map(({ api }) => api).join(', ');
    found.push(`${records.length} records (${apis}) instead of ${expected.length}`);
  }
  expected.forEach((one, index) => {
    const record = records[index];
    if (!record) return;
    const fields = seen(record);
    for (const [key, value] of Object.entries({ agrees: true, ...one })) {
      const is = fields[key as keyof Expected];
      if (!fits(is, value))
        found.push(`${index + 1}. ${one.api}: ${key} is ${JSON.stringify(is)} instead of ${JSON.stringify(value)}`);
    }
  });
  return found;
}
