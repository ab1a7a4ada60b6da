/** Judges what the panel shows by a plan, as it comes. */

import type { PageLoad } from '../../log/types.ts';
import type { Record } from '../../record/record.ts';
import { createJudge, type Judge } from '../../test-session/judge/judge.ts';
import { beginningOf } from '../../test-session/judge/session.ts';
import type { Result } from '../../test-session/judge/types.ts';
import type { Plan } from '../../test-session/plan/types.ts';
import type { RecordingStatus } from '../../recording/types.ts';
import type { Panel } from '../store.ts';

export interface Judging {
  /** Looks at what has come and what has changed, for some milliseconds; answers whether that was all. */
  take(): boolean;
  results(): Result[];
}

/** The test session of the tab that was stopped last, and when, in milliseconds since the epoch. */
export interface Stopped {
  last: { recording: RecordingStatus; at: number } | null;
}

/** What is judged, as things stand now. */
interface Subject {
  started: number;
  overridden: boolean;
  steps: readonly { time: string; text: string }[];
  loads: readonly PageLoad[];
  /** Records from before the start are none of the session's, nor those from after its end. */
  since: number;
  until: number;
  ended: boolean;
}

/** Milliseconds of work at a time. */
const SLICE = 12;

function subjectOf({ recorded, log, state }: Panel, { last }: Stopped): Subject {
  const isSettled = log.pending().length === 0 && ![...log.unchecked()].length;
  if (!recorded) {
    const { recording: running, override } = state.getState();
    const recording = running ?? last?.recording;
    const until = running || !last ? Infinity : last.at;
    const started = recording?.started ?? 0;
    return {
      started,
      overridden: override !== null,
      steps: recording?.steps ?? [],
      loads: log.loads.filter(({ began }) => began >= started && began <= until),
      since: started,
      until,
      ended: until < Infinity && isSettled,
    };
  }
  const { session, loads } = recorded;
  return {
    started: beginningOf(session) || 0,
    overridden: session.header.overrides.length > 0,
    steps: session.marks.filter(({ what }) => what === 'step'),
    loads,
    since: 0,
    until: Infinity,
    ended: isSettled,
  };
}

/**
 * Of the tab: what came since its test session began, and up to its end; all of it where there was none, or where the log
 * was cleared since. Or of what was recorded before.
 */
export function createJudging(plan: Plan, panel: Panel, stopped: Stopped): Judging {
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

  function look(index: number, { since, until }: Subject, to: Judge): void {
    const record = log.records[index];
    if (record && !record.final) open.add(index);
    else open.delete(index);
    const time = record && Date.parse(record.time);
    if (record && !(Number(time) < since || Number(time) > until)) to.take(record, index);
  }

  return {
    take() {
      const end = performance.now() + SLICE;
      const isCleared = (first !== undefined && first !== log.records[0]) || taken > log.records.length;
      if (isCleared) stopped.last = null;
      const subject = subjectOf(panel, stopped);
      const isOther = begun !== subject.started || isCleared || first !== log.records[0];
      // Another session, or the log was cleared, or a recording that was opened is judged once more.
      if (!judge || isOther || (ended && !subject.ended && subject.until === Infinity)) judge = begin(subject.started);
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
      for (const index of [...open]) look(index, subject, judge);
      while (taken < log.records.length && performance.now() < end) look(taken++, subject, judge);
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
