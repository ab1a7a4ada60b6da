/** Judges what the panel shows by a plan, as it comes. */

import type { PageLoad } from '../../log/types.ts';
import type { Record } from '../../record/record.ts';
import { createJudge, type Judge } from '../../test-session/judge/judge.ts';
import { beginningOf } from '../../test-session/judge/session.ts';
import type { Result } from '../../test-session/judge/types.ts';
import type { Plan } from '../../test-session/plan/types.ts';
import type { Panel } from '../store.ts';

export interface Judging {
  /** Looks at what has come and what has changed, for some milliseconds; answers whether that was all. */
  take(): boolean;
  results(): Result[];
}

/** What is judged, as things stand now. */
interface Subject {
  started: number;
  overridden: boolean;
  steps: readonly { time: string; text: string }[];
  loads: readonly PageLoad[];
  /** Records from before the start are none of the session's. */
  since: number;
  ended: boolean;
}

/** Milliseconds of work at a time. */
const SLICE = 12;

function subjectOf({ recorded, log, state }: Panel): Subject {
  if (!recorded) {
    const { recording, override } = state.getState();
    const started = recording?.started ?? 0;
    return {
      started,
      overridden: override !== null,
      steps: recording?.steps ?? [],
      loads: log.loads.filter(({ began }) => began >= started),
      since: started,
      ended: false,
    };
  }
  const { session, loads } = recorded;
  const isSettled = log.pending().length === 0 && ![...log.unchecked()].length;
  return {
    started: beginningOf(session) || 0,
    overridden: session.header.overrides.length > 0,
    steps: session.marks.filter(({ what }) => what === 'step'),
    loads,
    since: 0,
    ended: isSettled,
  };
}

/** Of the tab: what came since its test session began, all of it where none is under way. Or of what was recorded before. */
export function createJudging(plan: Plan, panel: Panel): Judging {
  const { log } = panel;
  let judge: Judge | null = null;
  let begun: number | null = null;
  let taken = 0;
  let ended = false;
  let first: Record | undefined;
  const open = new Set<number>();
  const marked = new Set<string>();
  const loaded = new Set<string>();

  function begin(started: number): Judge {
    begun = started;
    taken = 0;
    ended = false;
    first = log.records[0];
    for (const set of [open, marked, loaded]) set.clear();
    const made = createJudge(plan);
    if (started > 0) made.begin(started);
    return made;
  }

  function look(index: number, since: number, to: Judge): void {
    const record = log.records[index];
    if (record && !record.final) open.add(index);
    else open.delete(index);
    if (record && !(Date.parse(record.time) < since)) to.take(record, index);
  }

  return {
    take() {
      const end = performance.now() + SLICE;
      const subject = subjectOf(panel);
      const isOther = begun !== subject.started || first !== log.records[0] || taken > log.records.length;
      // Another session, or the log was cleared, or what had ended is judged once more.
      if (!judge || isOther || (ended && !subject.ended)) judge = begin(subject.started);
      judge.known({ override: subject.overridden });
      for (const { text, time } of subject.steps) {
        if (!marked.has(time + text)) judge.mark(text, Date.parse(time));
        marked.add(time + text);
      }
      for (const { frame, load, url, began } of subject.loads) {
        if (frame !== 0 || loaded.has(load)) continue;
        judge.load(url, began);
        loaded.add(load);
      }
      for (const index of [...open]) look(index, subject.since, judge);
      while (taken < log.records.length && performance.now() < end) look(taken++, subject.since, judge);
      const isAll = taken >= log.records.length;
      if (isAll && subject.ended && !ended) {
        judge.end();
        ended = true;
      }
      return isAll;
    },
    results: () => judge?.results() ?? [],
  };
}
