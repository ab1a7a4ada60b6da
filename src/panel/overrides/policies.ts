import type { DeliveryPolicy } from '../../record/override.ts';

/** What may happen to events, from the safest to the least safe, with the last word of each one's message keys. */
export const POLICIES = [
  { policy: 'hold-forced', key: 'hold_forced' },
  { policy: 'hold-all', key: 'hold_all' },
  { policy: 'redirect', key: 'redirect' },
  { policy: 'deliver', key: 'deliver' },
] as const satisfies { policy: DeliveryPolicy; key: string }[];

/** The address as it would be used; null where events cannot be redirected to it. */
export function targetOf(text: string): string | null {
  try {
    const url = new URL(text.trim());
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}
