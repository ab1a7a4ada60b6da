import type { PageLoad } from '../../log/types.ts';
import { loadsOf } from '../loads.ts';
import type { Plan } from '../plan/types.ts';
import type { TestSession } from '../session.ts';
import { createJudge } from './judge.ts';
import type { Result } from './types.ts';

/**
 * Judges a session that has ended.
 * @param settled false: its records still get their verdicts and findings
 * @param loads its page loads, where more is known of them than its records tell
 */
export function judgeSession(
  plan: Plan,
  session: TestSession,
  loads: readonly PageLoad[] = loadsOf(session),
  settled = true,
): Result[] {
  const judge = createJudge(plan);
  const { header, records, marks } = session;
  const started = Date.parse(header.test?.started ?? marks[0]?.time ?? records[0]?.time ?? '');
  if (!Number.isNaN(started)) judge.begin(started);
  judge.known({ override: header.overrides.length > 0 });
  for (const { what, text, time } of marks) if (what === 'step') judge.mark(text, Date.parse(time));
  for (const { frame, url, began } of loads) if (frame === 0) judge.load(url, began);
  records.forEach((record, index) => judge.take(record, index));
  if (settled) judge.end();
  return judge.results();
}
