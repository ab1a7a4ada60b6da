/** Of each check: what it fires on, and its neighbour that it is silent on. The last record of each list decides. */

import { EVENT_CASES } from './cases-event.ts';
import { PERSONAL_CASES } from './cases-personal.ts';
import { SENDING_CASES } from './cases-sending.ts';
import type { Given } from './subjects.ts';

export interface Cases {
  [check: string]: { fires: Given[][]; silent: Given[][] };
}

export const CASES: Cases = { ...EVENT_CASES, ...SENDING_CASES, ...PERSONAL_CASES };
