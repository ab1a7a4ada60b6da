/** A test session as a whole: what is exported, imported, judged and compared. */

import type { Header, Hole, Mark, Record } from '../record/record.ts';

export interface TestSession {
  header: Header;
  /** In the order of their calls. */
  records: Record[];
  holes: Hole[];
  /** In the order of time. */
  marks: Mark[];
}

export const blankHeader = (time = ''): Header => ({
  type: 'header',
  format: 1,
  time,
  extension: '',
  browser: '',
  wiki: null,
  skin: null,
  overrides: [],
});

/** The name of the step during which something happened, by its time (ISO 8601 UTC); empty before the first. */
export function stepFinder(marks: readonly Mark[]): (time: string) => string {
  const steps = marks.filter(({ what }) => what === 'step');
  return time => {
    let [low, high] = [0, steps.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((steps[middle]?.time ?? '') <= time) low = middle + 1;
      else high = middle;
    }
    return steps[low - 1]?.text ?? '';
  };
}

/** Whether a time lies in a pause: what was going on then is none of the recording's. */
export function pauseFinder(marks: readonly Mark[]): (time: string) => boolean {
  const pauses: { from: string; to: string }[] = [];
  for (const { what, time } of marks) {
    const last = pauses.at(-1);
    if (what === 'pause' && last?.to !== '') pauses.push({ from: time, to: '' });
    else if ((what === 'resume' || what === 'stop') && last?.to === '') last.to = time;
  }
  return time => pauses.some(({ from, to }) => time >= from && (to === '' || time < to));
}
