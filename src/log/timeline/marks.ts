/** How a record is drawn, from the lowest mark to the highest: a higher one is seen behind a lower one. */

import type { Record } from '../../record/record.ts';
import { isRefused } from '../refused.ts';

export const MARKS = ['rest', 'waiting', 'dropped', 'accepted', 'refused'] as const;
export type Mark = (typeof MARKS)[number];

/** `refused`: the client accepted it, and the intake would not. */
export function markOf({ decision, verdict }: Record): Mark {
  if (decision.state === 'accepted') return isRefused(verdict.verdict) ? 'refused' : 'accepted';
  return decision.state === 'dropped' || decision.state === 'waiting' ? decision.state : 'rest';
}
