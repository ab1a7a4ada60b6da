import { stringify } from 'yaml';
import { planOf } from '../../test-session/from-recording.ts';
import { blankHeader } from '../../test-session/session.ts';
import type { Panel } from '../store.ts';

/** A plan of the records that Events shows: of those since the test session began, where one is under way. */
export function planText({ log, recorded, state, rows }: Panel): string {
  const { recording } = state.getState();
  const header = recorded?.session.header ?? blankHeader();
  const marks =
    recorded?.session.marks ??
    (recording?.steps ?? []).map(({ time, text }) => ({ type: 'mark', what: 'step', time, text }) as const);
  const started = recording?.started ?? 0;
  const chosen = log.records.filter(
    ({ time }, index) => (recorded !== null || Date.parse(time) >= started) && rows.position(index) >= 0,
  );
  return stringify(planOf({ header, marks: [...marks] }, chosen), { lineWidth: 100 });
}
