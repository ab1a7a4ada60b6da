/** What is to come of a call, as the tour and the cases of the real harness state it. */

import type { Client, DecisionState, DeliveryState, Reason, VerdictName } from '../../src/record/lists.ts';
import type { Json } from '../../src/record/record.ts';

/** What is compared of a record: the fields that are there. */
export interface Expected {
  api: string;
  client?: Client;
  stream?: string;
  redirectedFrom?: string;
  instrument?: string;
  experiment?: string;
  action?: string;
  schema?: string;
  state: DecisionState;
  reason: Reason | null;
  /** Whether the client did what its published rules say; true where absent. */
  agrees?: boolean;
  answer?: Json;
  sampling?: { unit?: string; rate?: number | null; value?: number | null; population?: number; inSample: boolean };
  verdict?: VerdictName;
  /** After the flush of the queue and the intake's answer. */
  delivery: DeliveryState;
  /** The HTTP status of the intake's answer. */
  status?: number;
}

/** What the call is, before what becomes of it. */
export type Target = Omit<Expected, 'state' | 'reason' | 'delivery'>;

export const sent = (target: Target): Expected => ({
  verdict: 'valid',
  ...target,
  state: 'accepted',
  reason: null,
  delivery: 'answered',
});
export const dropped = (reason: Reason, target: Target): Expected => ({
  ...target,
  state: 'dropped',
  reason,
  delivery: 'none',
});
export const answered = (target: Target): Expected => ({
  ...target,
  state: 'answered',
  reason: null,
  delivery: 'none',
});
