/** The identifiers of the web clients, and what sampling makes of them. */

/** 2^32 - 1: the divisor of every web client, so that `ffffffff` normalises to exactly 1. */
export const UINT32_MAX = 0xffffffff;

/** The identifiers as a client reads them: null where it has none, absent where we do not know them. */
export interface Identifiers {
  session?: string | null | undefined;
  pageview?: string | null | undefined;
  /** The app install id; the web has none. */
  device?: string | null | undefined;
}

/**
 * Whether `id` has the form of a web session or pageview id: 20 lower-case hex digits, 80 bits. MediaWiki replaces a
 * session cookie of any other form.
 * Source: mediawiki resources/src/mediawiki.user.js (sessionId, generateRandomSessionId).
 */
export function isIdentifier(id: string): boolean {
  return /^[0-9a-f]{20}$/.test(id);
}

/**
 * Puts an identifier on the line from 0 to 1 (both included) by its first 8 hex digits. Fewer digits count as the number
 * they spell, anything after a character that is no hex digit is ignored, and NaN comes out where the first is none:
 * `parseInt` has it so, and the clients use `parseInt`.
 * Source: mediawiki-libs-metrics-platform js/src/SamplingController.js; mediawiki-extensions-EventLogging
 * modules/ext.eventLogging/core.js (id.normalizeId).
 */
export function normalise(id: string): number {
  return parseInt(id.slice(0, 8), 16) / UINT32_MAX;
}
