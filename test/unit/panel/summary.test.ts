import { describe, expect, it } from 'vitest';
import { nextStep, overviewTally, presentLoads, summaryOf } from '../../../src/panel/overview/summary.ts';
import type { Verdict } from '../../../src/record/record.ts';
import { call, envelope, eventOf, page, send } from '../log/facts.ts';
import { setUp, VALID } from './panel.ts';
import { tallied } from './tallied.ts';

const INVALID: Verdict = { verdict: 'invalid', errors: [] };
const check = (severity: 'error' | 'warning', check: string) => ({ check, severity, message: check, path: null });
const of = (stream: string) => ({ stream, event: eventOf({ meta: { stream } }) });
const out = { seen: 'dropped', streamFacts: { configured: false } } as const;

function summed(...envelopes: Parameters<typeof envelope>[]) {
  const { panel, facts } = setUp();
  for (const one of envelopes) facts(envelope(...one));
  const { log } = panel;
  const summary = () => summaryOf(presentLoads(log.loads), tallied(overviewTally, log.records), log.records);
  return { log, summary };
}

describe('the overview', () => {
  it('has a line for what is alike, the most first, with the newest to explain it', () => {
    const { log, summary } = summed([
      [page(1, 'begin'), call(2, of('a')), call(3, of('b')), call(4, of('b')), call(5, out)],
    ]);
    expect(summary()).toMatchObject({
      calls: 4,
      emitted: [
        { subject: 'b', count: 2, newest: { id: log.records[2]?.id } },
        { subject: 'a', count: 1 },
      ],
      dropped: [{ subject: 'my.stream', what: 'stream-not-configured', count: 1 }],
      wrong: [],
    });
  });

  it('tells what is wrong, the worst first, and each call once in a line', () => {
    const { log, summary } = summed([[page(1, 'begin'), call(2), call(3), call(4, { seen: 'threw' })]]);
    log.findings(0, [check('error', 'one'), check('error', 'one'), check('warning', 'two')]);
    log.verdict(1, INVALID);
    expect(summary().wrong.map(({ what, count }) => [what.kind, count])).toEqual([
      ['refused', 1],
      ['threw', 1],
      ['disagrees', 1],
      ['check', 1],
    ]);
    // What the intake refuses is not emitted, and what threw is no drop.
    expect([summary().emitted[0]?.count, summary().dropped]).toEqual([1, []]);
    log.verdict(1, VALID);
    expect(summary().emitted[0]?.count).toBe(2);
  });

  it('is of the page loads that are there, with what waits and what nobody has', () => {
    const { summary } = summed(
      [[page(1, 'begin'), call(2), page(3, 'hide')], { load: 'gone' }],
      [[page(1, 'begin'), call(2), call(4), send(5, [4])], { load: 'here' }],
    );
    expect(summary()).toMatchObject({ calls: 2, queued: 1, missed: 1 });
  });

  it('leads to the one next step', () => {
    const { log, summary } = summed([[page(1, 'begin'), call(2), send(3, [2]), call(4, out)]]);
    expect(nextStep(summary())).toMatchObject({ step: 'dropped', count: 1, record: log.records[1] });
    log.verdict(0, INVALID);
    expect(nextStep(summary())).toMatchObject({ step: 'wrong', count: 1, record: log.records[0] });
    expect(nextStep(summed([[page(1, 'begin')]]).summary())).toEqual({ step: 'use' });
    expect(nextStep(summed([[page(1, 'begin'), call(2), send(3, [2])]]).summary())).toEqual({ step: 'sample' });
    expect(nextStep(summed([[page(1, 'begin'), call(2, { queuedUntil: 5e12 })]]).summary())).toEqual({
      step: 'flush',
      count: 1,
    });
  });
});
