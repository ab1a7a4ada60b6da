/** How rules travel to a page: as percent-encoded JSON, in a response header or in the address of an answer. */

import type { PageRules } from '../record/override.ts';
import { readRules } from './rules.ts';

/** The name of the `Server-Timing` entry which carries the rules. */
export const METRIC = 'inspector-rules';

/** @returns ASCII text that is safe in a quoted header string and in a URL's query */
export function encodeRules(rules: PageRules): string {
  return encodeURIComponent(JSON.stringify(rules));
}

/** @returns the rules, or null for anything that `encodeRules` did not make; never throws */
export function decodeRules(text: string): PageRules | null {
  try {
    return readRules(JSON.parse(decodeURIComponent(text)));
  } catch {
    return null;
  }
}
