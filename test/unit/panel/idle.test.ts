import { expect, it } from 'vitest';
import { longestIdle } from '../../../src/panel/sessions/idle.ts';

it('is the longest time in which no page of a session was open', () => {
  expect(longestIdle([])).toBe(0);
  expect(longestIdle([{ began: 100, ended: null }])).toBe(0);
  const loads = [
    { began: 900, ended: 1_000 },
    { began: 0, ended: 500 },
    { began: 100, ended: 600 },
    { began: 1_050, ended: null },
  ];
  expect(longestIdle(loads)).toBe(300);
});
