import { expect, it } from 'vitest';
import { timesOf } from '../../../src/panel/events/times.ts';
import { call, eventOf } from '../log/facts.ts';
import { logOf, record } from '../log/logs.ts';

it('stand side by side with who set each; the intake’s own is still to come', () => {
  const one = record(logOf(call(1, { event: eventOf({ client_dt: '2026-11-23T21:00:00.000Z' }) })));
  one.delivery.sentAt = '2026-11-23T21:17:40.000Z';
  const setters = new Map([
    ['/dt', 'client'],
    ['/client_dt', 'caller'],
  ] as const);
  expect(timesOf(one, setters).map(({ name, by }) => [name, by])).toEqual([
    ['call', 'page'],
    ['dt', 'client'],
    ['client_dt', 'caller'],
    ['sent', 'browser'],
    ['meta.dt', 'intake'],
  ]);
  expect(timesOf(one, setters).at(-1)?.at).toBeNull();
});
