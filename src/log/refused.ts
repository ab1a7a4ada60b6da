import type { VerdictName } from '../record/lists.ts';

const NO_REFUSAL: readonly VerdictName[] = ['valid', 'none', 'pending', 'unavailable', 'unreadable-schema'];

/** Whether a verdict says that the intake would refuse the event. Where there is no plain verdict, it does not. */
export function isRefused(verdict: VerdictName): boolean {
  return !NO_REFUSAL.includes(verdict);
}
