/** What the background knows of a tab while it is recorded. */

import type { Mark } from '../record/record.ts';
import type { RecordingStatus } from '../recording/types.ts';

/** A page load whose relay has said that it is there. */
export interface Known {
  load: string;
  frame: number;
}

/** What is kept of a recorded tab. */
export interface Active {
  id: string;
  name: string;
  started: number;
  paused: boolean;
  private: boolean;
  steps: RecordingStatus['steps'];
  /** A step begins with each page. */
  stepsByPage: boolean;
  problem: string | null;
  /** The tab's page loads, the one that was heard last at the end. */
  loads: Known[];
}

const MOST_STEPS = 200;
const MOST_LOADS = 20;

/** What panel and popup are told. */
export const statusOf = ({
  id,
  name,
  started,
  paused,
  private: isPrivate,
  steps,
  problem,
}: Active): RecordingStatus => ({ id, name, started, paused, private: isPrivate, steps, problem });

/** All steps are in the recording; the newest of them are told. */
export const withStep = ({ steps }: Active, { time, text }: Mark) => [...steps, { time, text }].slice(-MOST_STEPS);

/** Of a page load that is heard again, the last place counts. */
export const withLoad = (loads: readonly Known[], heard: Known): Known[] =>
  [...loads.filter(({ load }) => load !== heard.load), heard].slice(-MOST_LOADS);
