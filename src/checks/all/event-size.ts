import { LIMITS } from '../../platform/intake.ts';
import { beaconUrl, LONGEST_BEACON_URL } from '../../platform/legacy.ts';
import { NOTHING, type Check } from '../types.ts';

/** Bytes that all beacons on their way may have together (Fetch standard, "HTTP-network-or-cache fetch", keepalive). */
const BEACON = 64 << 10;

export const eventSize: Check = {
  name: 'event-size',
  severity: 'error',
  what: 'The event is larger than a beacon, a legacy URL or the intake takes.',
  why: '`sendBeacon` answers false and the client does not ask: the event is lost.',
  source: 'Fetch standard (keepalive, 64 KiB); mediawiki-extensions-EventLogging core.js (maxUrlSize)',
  look({ event, record: { delivery } }) {
    const text = JSON.stringify(event);
    const bytes = text.length * 3 < BEACON ? 0 : new TextEncoder().encode(text).length;
    if (bytes > LIMITS.message)
      return [{ message: `The event has ${bytes} bytes; the intake takes ${LIMITS.message}`, path: null }];
    if (bytes > BEACON) return [{ message: `The event has ${bytes} bytes; a beacon takes ${BEACON}`, path: null }];
    if (delivery.url === null || !/\/beacon\/event(?:$|\?)/.test(delivery.url)) return NOTHING;
    const { length } = beaconUrl(delivery.url.replace(/\?.*/s, ''), event);
    if (length <= LONGEST_BEACON_URL) return NOTHING;
    return [{ message: `Its URL has ${length} characters; ${LONGEST_BEACON_URL} are sent`, path: null }];
  },
};
