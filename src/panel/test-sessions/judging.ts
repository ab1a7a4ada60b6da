/** Judges what the panel shows by a plan, as it comes. */

import type { Record } from '../../record/record.ts';
import { createJudge, type Judge } from '../../test-session/judge/judge.ts';
import { judgeSession } from '../../test-session/judge/session.ts';
import type { Result } from '../../test-session/judge/types.ts';
import type { Plan } from '../../test-session/plan/types.ts';
import type { Panel } from '../store.ts';

export interface Judging {
  /** The results as things stand now. Cheap where little has changed. */
  results(): Result[];
}

/** What was recorded before is judged whole; it has ended. */
function judgeRecorded(plan: Plan, panel: Panel): Judging {
  return {
    results() {
      const { recorded, log } = panel;
      const settled = log.pending().length === 0 && ![...log.unchecked()].length;
      return recorded ? judgeSession(plan, recorded.session, recorded.loads, settled) : [];
    },
  };
}

/** Of the tab: what came since its test session began; all of it where none is under way. */
export function createJudging(plan: Plan, panel: Panel): Judging {
  if (panel.recorded) return judgeRecorded(plan, panel);
  const { log, state } = panel;
  let judge: Judge | null = null;
  let begun: number | null = null;
  let taken = 0;
  let first: Record | undefined;
  const open = new Set<number>();
  const marked = new Set<string>();
  const loaded = new Set<string>();

  function begin(started: number): Judge {
    begun = started;
    taken = 0;
    first = log.records[0];
    for (const set of [open, marked, loaded]) set.clear();
    const made = createJudge(plan);
    if (started > 0) made.begin(started);
    return made;
  }

  return {
    results() {
      const { recording, override } = state.getState();
      const started = recording?.started ?? 0;
      // Another session, or the log was cleared.
      if (!judge || begun !== started || first !== log.records[0] || taken > log.records.length) judge = begin(started);
      judge.known({ override: override !== null });
      for (const { text, time } of recording?.steps ?? []) {
        if (!marked.has(time + text)) judge.mark(text, Date.parse(time));
        marked.add(time + text);
      }
      for (const { frame, load, url, began } of log.loads) {
        if (frame !== 0 || loaded.has(load) || began < started) continue;
        judge.load(url, began);
        loaded.add(load);
      }
      for (; taken < log.records.length; taken++) open.add(taken);
      for (const index of open) {
        const record = log.records[index];
        if (!record || record.final) open.delete(index);
        if (record && Date.parse(record.time) >= started) judge.take(record, index);
      }
      return judge.results();
    },
  };
}
