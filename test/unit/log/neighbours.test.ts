import { expect, it } from 'vitest';
import { neighbours } from '../../../src/log/neighbours.ts';
import { call, eventOf } from './facts.ts';
import { logOf } from './logs.ts';

const inFunnel = (token: string, position: number) =>
  ({ event: eventOf({ funnel_entry_token: token, funnel_event_sequence_position: position }) }) as const;

it('are the calls of one funnel, in order, with their positions', () => {
  const { records } = logOf(
    call(1, inFunnel('a', 1)),
    call(2, inFunnel('b', 1)),
    call(3, inFunnel('a', 2)),
    call(4),
    call(5, inFunnel('a', 3)),
  );
  const found = neighbours(records, 2);
  expect(found).toMatchObject({ kin: 'funnel', name: 'a' });
  expect(found?.all.map(({ record, position }) => [record.id, position])).toEqual([
    ['load1/1', 1],
    ['load1/3', 2],
    ['load1/5', 3],
  ]);
});

it('are those of the same stream in one session where there is no funnel', () => {
  const { records } = logOf(
    call(1),
    call(2, { session: 'f'.repeat(20) }),
    call(3, { event: eventOf({ meta: { stream: 'other' } }) }),
    call(4),
  );
  expect(neighbours(records, 0)).toMatchObject({ kin: 'stream', all: [{}, {}] });
});

it('are four on each side at most, and none where it is alone', () => {
  const { records } = logOf(...Array.from({ length: 30 }, (_, i) => call(i + 1)));
  expect(neighbours(records, 15)?.all).toHaveLength(9);
  expect(neighbours(logOf(call(1)).records, 0)).toBeNull();
  expect(neighbours(records, -1)).toBeNull();
});
