/** The closed lists of the record. Every list is a tuple so that its type and its run-time check come from one place. */

export const CLIENTS = [
  'event-logging',
  'test-kitchen',
  'xlab',
  'metrics-client',
  'unknown',
  'java',
  'kotlin',
  'swift',
  'php',
] as const;
export type Client = (typeof CLIENTS)[number];

export const DECISION_STATES = ['accepted', 'dropped', 'waiting', 'answered', 'unknown'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

export const DROP_REASONS = [
  'no-schema',
  'stream-not-configured',
  'no-action',
  'invalid-sample',
  'unknown-unit',
  'out-of-sample',
  'redirect-target-not-configured',
  'no-intake-url',
  'url-too-long',
  'no-stream-for-event',
  'lost-before-stream-configs',
  'queue-full',
  'unknown-instrument',
  'not-enrolled',
  'experiment-not-configured',
  'not-visible-to-compat',
  'enrollment-overridden',
  'cookies-disabled',
  'exposure-already-sent',
  'threw',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

export const WAIT_REASONS = ['waiting-for-subscriber', 'waiting-for-stream-configs'] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

export const REASONS = [...DROP_REASONS, ...WAIT_REASONS] as const;
/** Each reason has exactly one state: a `DropReason` is `dropped`, a `WaitReason` is `waiting`. */
export type Reason = DropReason | WaitReason;

export const DELIVERY_STATES = [
  'none',
  'queued',
  'held',
  'redirected',
  'sent',
  'answered',
  'refused',
  'blocked',
  'lost',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const VERDICTS = [
  'valid',
  'invalid',
  'unauthorized-stream',
  'unknown-stream',
  'unknown-schema',
  'no-schema',
  'hoisting-failed',
  'too-large',
  'unreadable-schema',
  'unavailable',
  'none',
  'pending',
] as const;
export type VerdictName = (typeof VERDICTS)[number];

/** The steps of the intake, in its order, at which an event can fall. */
export const VERDICT_STEPS = [
  'body',
  '$schema',
  'stream',
  'schema-title',
  'hoisting',
  'schema',
  'compilation',
  'validation',
  'message',
] as const;
export type VerdictStep = (typeof VERDICT_STEPS)[number];
