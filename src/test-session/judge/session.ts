import type { PageLoad } from '../../log/types.ts';
import { loading } from '../loads.ts';
import type { Plan } from '../plan/types.ts';
import type { TestSession } from '../session.ts';
import { finish } from '../slices.ts';
import { createJudge } from './judge.ts';
import type { Result } from './types.ts';

/** When a session began; NaN where nothing tells it. */
export const beginningOf = ({ header, marks, records }: TestSession): number =>
  Date.parse(header.test?.started ?? marks[0]?.time ?? records[0]?.time ?? '');

/** Judges a session that has ended. */
export const judgeSession = (plan: Plan, session: TestSession): Result[] => finish(judging(plan, session));

const AT_ONCE = 500;

/**
 * The same, in slices: yields how many records it has looked at.
 * @param loads its page loads, where more is known of them than its records tell
 */
export function* judging(plan: Plan, session: TestSession, loads?: readonly PageLoad[]): Generator<number, Result[]> {
  const judge = createJudge(plan);
  const { header, records, marks } = session;
  const started = beginningOf(session);
  if (!Number.isNaN(started)) judge.begin(started);
  judge.known({ override: header.overrides.length > 0 });
  for (const { what, text, time } of marks) if (what === 'step') judge.mark(text, Date.parse(time));
  for (const { frame, url, began } of loads ?? (yield* loading(session))) if (frame === 0) judge.load(url, began);
  for (const [index, record] of records.entries()) {
    judge.take(record, index);
    if (index % AT_ONCE === 0) yield index;
  }
  judge.end();
  return judge.results();
}
