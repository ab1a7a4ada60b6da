import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../src/checks/all.ts';
import { createChecks } from '../../../src/checks/registry.ts';
import { subjectOf } from '../../../src/checks/subject.ts';
import { isJsonObject, textAt } from '../../../src/platform/json.ts';
import type { JsonObject } from '../../../src/record/record.ts';
import { readCases, schemaAt, there } from '../validation/eventgate-cases.ts';
import { acceptedRecord } from './accepted-record.ts';

/** Production's schemas have fields for these, and what is found there is what the check names. */
const NAMED = ['user-id', 'user-name', 'joining-identifier', 'ip-address', 'search-text', 'full-url', 'user-agent'];

describe.skipIf(!there)('on valid events of production’s schemas', () => {
  it('no check has anything to say but of personal data and of a missing dt; the counts are printed', () => {
    const schemas = new Map<string, JsonObject>();
    const counts = new Map(CHECKS.map(({ name }) => [name, 0]));
    const quiet = { one: 0, events: 0 };
    for (const [index, { schema: uri, event, valid }] of readCases().entries()) {
      if (!valid || !isJsonObject(event)) continue;
      const schema = schemas.get(uri) ?? (JSON.parse(schemaAt(uri)) as JsonObject);
      schemas.set(uri, schema);
      const record = acceptedRecord({
        id: `case/${index}`,
        api: '',
        client: 'unknown',
        stream: textAt(event, 'meta', 'stream'),
        event,
        page: { load: `case ${index}`, url: '' },
      });
      const subject = subjectOf(record, { schema, asReceived: true });
      if (!subject) continue;
      quiet.events++;
      const found = new Set(
        createChecks()
          .of(subject)
          .map(({ check }) => check),
      );
      if (found.size === 0) quiet.one++;
      for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const fired = [...counts].filter(([, count]) => count > 0).toSorted(([, a], [, b]) => b - a);
    console.log(`Checks on ${quiet.events} valid events, ${quiet.one} without a finding:`, Object.fromEntries(fired));
    expect(fired.map(([name]) => name).filter(name => ![...NAMED, 'event-time'].includes(name))).toEqual([]);
    expect(quiet.events).toBeGreaterThan(0);
  }, 120_000);
});
