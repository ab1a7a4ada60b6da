/** The legacy beacon: where events of schemas go that were never migrated to the Event Platform. */

import type { Json } from './json.ts';

/**
 * In characters; a longer URL is not sent.
 * Source: mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (maxUrlSize, checkUrlSize).
 */
export const LONGEST_BEACON_URL = 2000;

/**
 * The URL by which the client sends a legacy event. `base` is `wgEventLoggingBaseUri`, false where there is none: the
 * client asks the length first, and writes "false" then.
 * Source: mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (makeBeaconUrl).
 */
export function beaconUrl(base: string | false, event: Json): string {
  return `${base}?${encodeURIComponent(JSON.stringify(event))};`;
}

/** The event in a beacon's URL, as its JSON text; null where there is none. The opposite of `beaconUrl`. */
export function beaconText(url: string): string | null {
  const [, encoded] = /\?(%7B[^#]*?);?(?:#|$)/i.exec(url) ?? [];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
