import { describe, expect, it } from 'vitest';
import { REASONS } from '../../../src/record/lists.ts';
import type { Record } from '../../../src/record/record.ts';
import { CASES } from '../../real/cases.ts';
import { differences } from '../../wiki/compare.ts';
import { dropped, sent } from '../../wiki/expected.ts';

describe('the cases', () => {
  it('have names of their own', () => {
    const names = CASES.map(({ generation, name, browser }) => `${generation} ${name} ${browser}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('cover every reason of the closed list', () => {
    const covered = new Set(CASES.flatMap(({ expected }) => expected.map(({ reason }) => reason)));
    expect(REASONS.filter(reason => !covered.has(reason))).toEqual([]);
  });

  it('let arrive what is accepted and neither refused nor held', () => {
    for (const { name, expected, arrive } of CASES) {
      expect([name, arrive]).toEqual([name, expected.filter(({ delivery }) => delivery === 'answered').length]);
    }
  });
});

describe('comparing records with what is expected', () => {
  const record = {
    api: 'submit',
    stream: 'a',
    decision: {
      state: 'dropped',
      reason: 'out-of-sample',
      agrees: true,
      sampling: { unit: 'session', rate: 0.5, inSample: false },
    },
    delivery: { state: 'none' },
    verdict: { verdict: 'valid' },
  } as Record;

  it('finds nothing where all is as expected, and minds only the fields that are stated', () => {
    expect(differences([record], [dropped('out-of-sample', { api: 'submit', sampling: { inSample: false } })])).toEqual(
      [],
    );
  });

  it('names each field that is not', () => {
    expect(
      differences([record], [sent({ api: 'submit', stream: 'b', sampling: { rate: 1, inSample: false } })]),
    ).toEqual([
      '1. submit: stream is "a" instead of "b"',
      expect.stringMatching(/^1\. submit: sampling is .* instead of .*$/),
      '1. submit: state is "dropped" instead of "accepted"',
      '1. submit: reason is "out-of-sample" instead of null',
      '1. submit: delivery is "none" instead of "answered"',
    ]);
  });

  it('names a client that did not keep to its rules, and records too many or too few', () => {
    const disagreeing = { ...record, decision: { ...record.decision, agrees: false } };
    const expected = dropped('out-of-sample', { api: 'submit' });
    expect(differences([disagreeing], [expected])).toEqual(['1. submit: agrees is false instead of true']);
    expect(differences([], [expected])).toEqual(['0 records () instead of 1']);
    expect(differences([record, record], [expected])).toEqual(['2 records (submit, submit) instead of 1']);
  });
});
