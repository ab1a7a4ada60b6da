import { describe, expect, it } from 'vitest';
import type { Record } from '../../../src/record/record.ts';
import { createJudge, type Judge } from '../../../src/test-session/judge/judge.ts';
import type { Expectation, Plan } from '../../../src/test-session/plan/types.ts';
import { AT, dropped, record } from './sessions.ts';

const planOf = (...expectations: Expectation[]): Plan => ({ plan: 1, name: 'x', steps: [], expect: expectations });

/** State while it runs and at its end, and the records that decided. */
function judged(expectation: Expectation, records: Record[], prepare: (judge: Judge) => void = () => undefined) {
  const judge = createJudge(planOf(expectation));
  judge.begin(AT);
  prepare(judge);
  records.forEach((one, index) => judge.take(one, index));
  const before = judge.results()[0]?.state;
  judge.end();
  const [after] = judge.results();
  return [before, after?.state, after?.records.map(id => Number(id.slice('load/'.length)))];
}

const open = record(1, 10, 'open');
const click = record(2, 20, 'click');
const close = record(3, 30, 'close');
const of = { action: 'click' };

describe('an expectation', () => {
  it.each<[string, Expectation, Record[], unknown[]]>([
    ['exactly, met', { of, exactly: 1 }, [open, click], ['pass', 'pass', [2]]],
    ['exactly, too few', { of, exactly: 2 }, [click], ['open', 'fail', [2]]],
    ['exactly, too many', { of, exactly: 1 }, [click, record(4, 40, 'click')], ['fail', 'fail', [2, 4]]],
    ['at least', { of, atLeast: 1 }, [click, record(4, 40, 'click')], ['pass', 'pass', [2, 4]]],
    ['at most, met', { of, atMost: 1 }, [click], ['open', 'pass', [2]]],
    ['at most, broken', { of, atMost: 0 }, [click], ['fail', 'fail', [2]]],
    ['never, met', { of, never: true }, [open], ['open', 'pass', []]],
    ['never, broken', { of, never: true }, [click], ['fail', 'fail', [2]]],
    ['a range', { of, atLeast: 1, atMost: 1 }, [click], ['pass', 'pass', [2]]],
    ['have, met', { of, have: { fields: { 'performer.is_logged_in': false } } }, [click], ['open', 'pass', [2]]],
    ['have, of none', { of, have: { verdict: 'valid' } }, [open], ['open', 'pass', []]],
    [
      'have, broken',
      { of, have: { fields: { 'performer.session_id': { type: 'integer' } } } },
      [click],
      ['fail', 'fail', [2]],
    ],
    ['within, met', { of, within: '20 ms' }, [click], ['open', 'pass', [2]]],
    ['within, broken', { of, within: '19 ms' }, [click], ['fail', 'fail', [2]]],
    ['not before, met', { of, notBefore: { action: 'open' } }, [open, click], ['pass', 'pass', [2]]],
    ['not before, broken', { of, notBefore: { action: 'close' } }, [click, close], ['fail', 'fail', [2]]],
    ['not before what never came', { of, notBefore: { action: 'close' } }, [click], ['fail', 'fail', [2]]],
    [
      'no duplicates, met',
      { of, noDuplicates: true },
      [click, record(4, 40, 'click', {}, { element_id: 'other' })],
      ['open', 'pass', [2, 4]],
    ],
    [
      'no duplicates, broken, whatever ids and times',
      { of, noDuplicates: true },
      [click, record(4, 40, 'click')],
      ['fail', 'fail', [2, 4]],
    ],
    [
      'no duplicates by path',
      { of: {}, noDuplicates: ['performer.session_id'] },
      [open, click],
      ['fail', 'fail', [1, 2]],
    ],
    ['sequence, met', { sequence: [{ action: 'open' }, of] }, [open, click], ['pass', 'pass', [1, 2]]],
    ['sequence, broken', { sequence: [of, { action: 'open' }] }, [open, click], ['fail', 'fail', [1, 2]]],
    ['sequence, of which one did not come', { sequence: [of, { action: 'open' }] }, [click], ['open', 'pass', [2]]],
    ['anywhere, met', { anywhere: [of, { action: 'open' }] }, [open, click], ['pass', 'pass', [2, 1]]],
    ['anywhere, broken', { anywhere: [of, { action: 'other' }] }, [open, click], ['open', 'fail', [2]]],
    ['directly after, met', { directlyAfter: [{ action: 'open' }, of] }, [open, click], ['open', 'pass', [2]]],
    [
      'directly after, broken',
      { directlyAfter: [{ action: 'open' }, { action: 'close' }] },
      [open, click, close],
      ['fail', 'fail', [2, 3]],
    ],
    [
      'directly after, on its own stream',
      { directlyAfter: [{ action: 'open' }, { action: 'close' }] },
      [open, record(2, 20, 'click', { stream: 'other' }), close],
      ['open', 'pass', [3]],
    ],
    ['nothing else, broken', { nothingElse: 'my.stream' }, [click], ['fail', 'fail', [2]]],
    ['nothing else, of another stream', { nothingElse: 'other' }, [click], ['open', 'pass', []]],
    [
      'a decision with its reason',
      { of: { reason: 'out-of-sample' }, exactly: 1 },
      [click, record(4, 40, 'click', dropped('out-of-sample'))],
      ['pass', 'pass', [4]],
    ],
    [
      'what was dropped is not counted',
      { of, exactly: 1 },
      [click, record(4, 40, 'click', dropped('no-action'))],
      ['pass', 'pass', [2]],
    ],
    [
      'no check',
      { of, have: { checks: 'none' } },
      [record(2, 20, 'click', { checks: [{ check: 'full-url', severity: 'info', message: '', path: null }] })],
      ['fail', 'fail', [2]],
    ],
    ['delivery', { of, have: { delivery: ['sent', 'answered'] } }, [click], ['open', 'pass', [2]]],
    ['forced', { of: { override: 'forced' }, never: true }, [click], ['open', 'pass', []]],
    [
      'a place in the funnel',
      { of: { funnel: 2 }, exactly: 1 },
      [record(2, 20, 'click', {}, { funnel_event_sequence_position: 2 })],
      ['pass', 'pass', [2]],
    ],
  ])('%s', (_, expectation, records, expected) => expect(judged(expectation, records)).toEqual(expected));

  it('counts positions of each funnel', () => {
    const at = (seq: number, position: number, token = 'one') =>
      record(seq, seq, 'go', {}, { funnel_entry_token: token, funnel_event_sequence_position: position });
    const expectation: Expectation = { of: { action: 'go' }, funnel: 'in-order' };
    expect(judged(expectation, [at(1, 1), at(2, 1, 'two'), at(3, 2)])).toEqual(['open', 'pass', [1, 2, 3]]);
    expect(judged(expectation, [at(1, 1), at(2, 3)])).toEqual(['fail', 'fail', [2]]);
  });

  it('is skipped for sessions of another kind', () => {
    const expectation: Expectation = { of, exactly: 1, for: { experiment: 'e', group: 'treatment' } };
    expect(judged(expectation, [click], judge => judge.known({ groups: { e: 'control' } }))).toEqual([
      'skipped',
      'skipped',
      [],
    ]);
    expect(judged(expectation, [click], judge => judge.known({ groups: { e: 'treatment' } }))).toEqual([
      'pass',
      'pass',
      [2],
    ]);
    expect(judged(expectation, [click])).toEqual(['open', 'skipped', []]);
    expect(judged({ of, exactly: 1, for: { override: true } }, [click])).toEqual(['open', 'skipped', []]);
  });

  it('waits for what a record is still to become', () => {
    const judge = createJudge(planOf({ of, have: { verdict: 'valid' } }, { of, exactly: 1 }));
    const waiting = record(2, 20, 'click', {
      final: false,
      verdict: { verdict: 'pending', errors: [] },
      decision: { state: 'waiting', reason: 'waiting-for-subscriber', answer: null, agrees: true, sampling: null },
    });
    judge.take(waiting, 0);
    expect(judge.results().map(({ state }) => state)).toEqual(['open', 'open']);
    judge.take({ ...click, final: false, verdict: { verdict: 'pending', errors: [] } }, 0);
    expect(judge.results().map(({ state }) => state)).toEqual(['open', 'pass']);
    judge.take({ ...click, verdict: { verdict: 'invalid', errors: [] } }, 0);
    expect(judge.results().map(({ state }) => state)).toEqual(['fail', 'pass']);
  });
});

describe('steps', () => {
  const plan: Plan = {
    plan: 1,
    name: 'x',
    steps: [
      { step: 'Open', expect: [{ of: { action: 'open' }, exactly: 1 }, { nothingElse: 'my.stream' }] },
      {
        step: 'Click',
        expect: [
          { of, exactly: 1 },
          { of, within: '1 s' },
        ],
      },
      { step: 'Page', url: '/wiki/Next', expect: [{ of: { action: 'close' }, exactly: 1 }] },
    ],
    expect: [{ of: { action: 'open' }, atLeast: 1 }],
  };
  const run = (prepare: (judge: Judge) => void) => {
    const judge = createJudge(plan);
    judge.begin(AT);
    [record(1, 10, 'open'), record(2, 1_020, 'click'), record(3, 2_030, 'close')].forEach((one, index) =>
      judge.take(one, index),
    );
    prepare(judge);
    judge.end();
    return judge.results().map(({ id, state }) => `${id} ${state}`);
  };

  it('take what happens between their beginnings', () => {
    const results = run(judge => {
      judge.mark('Click', AT + 1_000);
      judge.load('https://wiki.example/wiki/Next', AT + 2_000);
    });
    expect(results).toEqual(['1.1 pass', '1.2 pass', '2.1 pass', '2.2 pass', '3.1 pass', '0.1 pass']);
  });

  it('fail where they never begin', () => {
    const results = run(judge => judge.mark('Click', AT + 1_000));
    expect(results).toEqual(['1.1 pass', '1.2 pass', '2.1 pass', '2.2 pass', '3.1 fail', '0.1 pass']);
  });

  it('take nothing from before', () => {
    const results = run(judge => {
      judge.mark('Click', AT + 1_025);
      judge.load('https://wiki.example/wiki/Next', AT + 2_000);
    });
    expect(results).toEqual(['1.1 pass', '1.2 fail', '2.1 fail', '2.2 pass', '3.1 pass', '0.1 pass']);
  });
});
