import { describe, expect, it } from 'vitest';
import { sourcesOf } from '../../../src/checks/source.ts';
import { CHECKS } from '../../../src/checks/all.ts';
import { marksOf, nearest } from '../../../src/panel/checks/marks.ts';
import { nodesOf, PAGE, revealed } from '../../../src/panel/shared/json-nodes.ts';
import { createLog } from '../../../src/log/log.ts';
import type { Json, Record, Verdict } from '../../../src/record/record.ts';
import { call, envelope, page } from '../log/facts.ts';

function recordOf(event: Json, verdict: Verdict): Record {
  const log = createLog();
  log.ingest(envelope([page(1, 'begin'), call(2)]));
  const [record] = log.records;
  if (!record) throw new Error('no record');
  return { ...record, event, verdict };
}

const error = { schemaPath: '#', message: 'should be otherwise' };

describe('marks in an event', () => {
  it('stand at the error’s own place, or the nearest that is there', () => {
    const verdict: Verdict = {
      verdict: 'invalid',
      errors: [
        { ...error, instancePath: '', at: '', keyword: 'required', params: { missingProperty: 'dt' } },
        { ...error, instancePath: '/a', at: '/a/b~1c', keyword: 'additionalProperties' },
        { ...error, instancePath: '/a/gone/deeper', keyword: 'type', expected: 'string' },
      ],
      fell: { step: 'validation', path: null },
    };
    const finding = { check: 'old-schema', severity: 'info', message: 'old', path: '/a' } as const;
    const marks = marksOf(recordOf({ a: { 'b/c': 1 } }, verdict), [finding]);
    expect([...marks].map(([path, all]) => [path, all.map(({ tone }) => tone)])).toEqual([
      ['', ['error']],
      ['/a/b~1c', ['error']],
      ['/a', ['error', 'quiet']],
    ]);
  });

  it('say where an event falls before it is validated', () => {
    const verdict: Verdict = { verdict: 'no-schema', errors: [], fell: { step: '$schema', path: '/$schema' } };
    expect([...marksOf(recordOf({ a: 1 }, verdict), []).keys()]).toEqual(['']);
  });

  it('know no inherited member', () => {
    expect(nearest({ a: [1] }, '/a/0/x')).toBe('/a/0');
    expect(nearest({ a: [1] }, '/a/length')).toBe('/a');
    expect(nearest({}, '/toString')).toBe('');
  });
});

describe('a line that is to be shown', () => {
  const shows = (value: Json, path: string, toggled: string[] = []) => {
    const state = revealed(value, { toggled: new Set(toggled), shown: new Map() }, path);
    return nodesOf(value, state).some(node => node.path === path);
  };

  it('is opened for, however deep, however far down, and whatever was closed', () => {
    expect(shows({ a: { b: 1 } }, '/a/b', ['/a'])).toBe(true);
    expect(shows([[[[[[[1]]]]]]], '/0/0/0/0/0/0')).toBe(true);
    expect(shows({ many: Array.from({ length: 3 * PAGE }, (_, i) => i) }, `/many/${2 * PAGE}`)).toBe(true);
    expect(shows(Object.fromEntries(Array.from({ length: 3 * PAGE }, (_, i) => [`k${i}`, i])), `/k${2 * PAGE}`)).toBe(
      true,
    );
    expect(shows({ a: 1 }, '/b/c')).toBe(false);
  });
});

it('every check says where its convention can be read', () => {
  for (const { name, source } of CHECKS) {
    const links = sourcesOf(source).flatMap(({ href }) => href ?? []);
    expect(
      links.every(href => URL.canParse(href)),
      name,
    ).toBe(true);
    if (!source.startsWith('ARCHITECTURE')) expect(links.length, name).toBeGreaterThan(0);
  }
});
