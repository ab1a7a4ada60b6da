import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../src/checks/all.ts';
import { createChecks } from '../../../src/checks/registry.ts';
import type { JsonObject } from '../../../src/record/record.ts';
import { CASES } from './cases.ts';
import { subject, type Given } from './subjects.ts';

/** The names of the checks that have something to say of the last of these. */
function findings(...given: Given[]) {
  const checks = createChecks();
  return given.map(one => checks.of(subject(one))).at(-1) ?? [];
}

describe('checks', () => {
  it('say nothing of an event as it should be', () => {
    expect(findings({})).toEqual([]);
  });

  it('have their cases, all of them', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(CHECKS.map(({ name }) => name).toSorted());
  });

  const named = (which: 'fires' | 'silent') =>
    Object.entries(CASES).flatMap(([name, cases]) => cases[which].map((given, index) => [name, index, given] as const));

  it.each(named('fires'))('%s fires on its case %i', (name, _, given) => {
    const found = findings(...given).filter(({ check }) => check === name);
    expect(found.length).toBeGreaterThan(0);
    for (const { message, path } of found) {
      expect(message).not.toBe('');
      expect(path === null || path.startsWith('/')).toBe(true);
    }
  });

  it.each(named('silent'))('%s is silent on its neighbour %i', (name, _, given) => {
    expect(findings(...given).filter(({ check }) => check === name)).toEqual([]);
  });

  it('look at a record again without counting it twice', () => {
    const checks = createChecks();
    const one = subject({ event: { funnel_event_sequence_position: 1, funnel_entry_token: 't' } });
    const two = subject({ event: { funnel_event_sequence_position: 2, funnel_entry_token: 't' } });
    const answers = [checks.of(one), checks.of(two)];
    expect([checks.of(one), checks.of(two)]).toEqual(answers);
    checks.forget();
    expect(checks.of(two)).toEqual([]);
  });

  it('survive any event', () => {
    const hostile = [
      { __proto__: null, constructor: { name: 'x' }, experiment: [], performer: 7, agent: 'a', meta: [] },
      JSON.parse('{"__proto__":{"a":1},"a/b~c":{"user_name":"x"}}') as JsonObject,
      JSON.parse(`{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`) as JsonObject,
      {
        a: 'a'.repeat(100_000),
        b: `${'a@'.repeat(50_000)}`,
        c: '1.'.repeat(50_000),
        d: `https://${'a?'.repeat(50_000)}`,
      },
      Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 'x y z '.repeat(50)])),
    ];
    for (const event of hostile) {
      const began = performance.now();
      createChecks().of(subject({ record: { event: event as JsonObject } }));
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  });
});
