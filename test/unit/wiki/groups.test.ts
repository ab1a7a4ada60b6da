import { describe, expect, it } from 'vitest';
import type { Record } from '../../../src/record/record.ts';
import type { Case } from '../../real/case.ts';
import { atLoad, callsOf, groups, partsOf, queryOf, type Group } from '../../real/groups.ts';

const one = (name: string, more: Partial<Case> = {}): Case => ({ name, call: '', expected: [], arrive: 0, ...more });
const names = (all: Group[]): string[][] => all.map(({ cases }) => cases.map(({ name }) => name));
const record = (api: string, stream: string | null = null, experiment: string | null = null): Record =>
  ({ api, stream, experiment }) as Record;

describe('cases', () => {
  it('share a page load where they ask for the same page, and not where they ask for one alone', () => {
    const cases = [
      one('a'),
      one('b', { query: 'hasty=0' }),
      one('c', { alone: true }),
      one('d'),
      one('e', { session: 'f'.repeat(20) }),
      one('f', { query: 'hasty=0' }),
      one('g', { leave: true }),
      one('h', { query: 'early=1' }),
      one('i', { generation: '1.39' }),
      one('j', { browser: 'firefox' }),
    ];
    expect(names(groups(cases, 'chromium'))).toEqual([['a', 'd'], ['b', 'f'], ['c'], ['e'], ['g'], ['h'], ['i']]);
  });

  it('are no more in a page load than a browser takes beacons at once', () => {
    const cases = Array.from({ length: 100 }, (_, index) => one(String(index)));
    expect(groups(cases, 'chromium').map(group => group.cases.length)).toEqual([60, 40]);
  });

  it('have a page of their own address', () => {
    const group: Group = { cases: [one('a', { query: 'mpo=a:b', generation: '1.45' })], marked: true };
    expect(String(queryOf(group, 7))).toBe('mpo=a%3Ab&session=80000000c0ffee00c0ff&generation=1.45&case=7');
  });
});

describe('records', () => {
  const marked: Group = { cases: [one('a'), one('b', { generation: '1.45' })], marked: true };
  const mark = record('submit', 'case.0');

  it('are of the case between whose marks they lie', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(api => record(api)) as [Record, Record, Record, Record];
    expect(partsOf(marked, [a, mark, b, mark, c, mark, d])).toEqual({ load: [a], cases: [[b], [c]], rest: [d] });
    expect(partsOf(marked, [mark, b, mark])).toEqual({ load: [], cases: [[b], []], rest: [] });
  });

  it('of a case alone are all but what its generation does as it loads', () => {
    const group: Group = { cases: [one('a', { generation: '1.45' })], marked: false };
    const loaded = record('getExperiment', null, 'xlab-mw-module-loaded-v2');
    expect(atLoad(group)).toHaveLength(1);
    expect(partsOf(group, [record('track'), loaded])).toEqual({ load: [loaded], cases: [[record('track')]], rest: [] });
  });

  it('are made in a page by calls that end, whatever they throw', async () => {
    const submitted: unknown[] = [];
    const page = {
      window: { metricsClient: { submit: (...args: unknown[]) => submitted.push(args) } },
      sessionStorage: { clear: () => undefined },
    };
    const group: Group = { cases: [one('a', { call: 'throw new Error("no")' }), one('b')], marked: true };
    const run = new Function(...Object.keys(page), `return ${callsOf(group)};`) as (
      ...args: unknown[]
    ) => Promise<object>;
    expect(await run(...Object.values(page))).toEqual({ 0: 'Error: no' });
    expect(submitted).toEqual([
      ['case.begin', null],
      ['case.0', null],
      ['case.1', null],
    ]);
  });
});
