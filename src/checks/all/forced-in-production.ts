import { isProduction } from '../hosts.ts';
import { NOTHING, type Check } from '../types.ts';

export const forcedInProduction: Check = {
  name: 'forced-in-production',
  severity: 'error',
  what: 'An event that an override forced was delivered to production.',
  why: 'A test has become part of the data, and nothing in the event tells.',
  source: 'ARCHITECTURE.md, Forcing; https://phabricator.wikimedia.org/T238837',
  look({ record: { override, delivery } }) {
    const sent = delivery.state === 'sent' || delivery.state === 'answered';
    if (!override?.forced || !sent || delivery.url === null || !isProduction(delivery.url)) return NOTHING;
    return [{ message: `This forced event went to ${new URL(delivery.url).hostname}`, path: null }];
  },
};
