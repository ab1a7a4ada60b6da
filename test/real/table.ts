/** The table of call × expected × seen, as lines of text. */

import type { Record } from '../../src/record/record.ts';
import type { Expected } from '../wiki/expected.ts';
import type { Outcome } from './run.ts';

export interface Row {
  call: string;
  expected: string;
  seen: string;
  ok: boolean;
}

const words = (state: string, reason: string | null, delivery: string): string =>
  [state, ...(reason === null ? [] : [`(${reason})`]), ...(delivery === 'none' ? [] : [delivery])].join(' ');

const ofExpected = ({ api, state, reason, delivery }: Expected): string => `${api}: ${words(state, reason, delivery)}`;
const ofRecord = ({ api, decision, delivery }: Record): string =>
  `${api}: ${words(decision.state, decision.reason, delivery.state)}`;

/** `a ×3, b`: equal ones that follow each other as one. */
function together(lines: string[]): string {
  const runs: { line: string; times: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.times++;
    else runs.push({ line, times: 1 });
  }
  return runs.map(({ line, times }) => (times > 1 ? `${line} ×${times}` : line)).join(', ') || 'nothing';
}

export const rowOf = ({ one, name, differences, records }: Outcome): Row => ({
  call: name,
  expected: together(one?.expected.map(ofExpected) ?? []),
  seen: together(records.map(ofRecord)),
  ok: differences.length === 0,
});
