/**
 * Rules for pages whose response could not carry them (Firefox on plain http; a service worker that answers): the
 * isolated world makes one synchronous request, which the background's network rules answer from the extension itself.
 * Neither the page's service worker nor its `performance` sees a request of the isolated world.
 */

import type { PageRules } from '../record/override.ts';
import type { Unforced } from '../record/facts.ts';
import { hash } from '../record/hash.ts';
import { decodeRules, METRIC } from './carrier.ts';

/** The extension's file that answers. The rules are in its query: a network rule can carry text nowhere else. */
const ANSWER = 'blank.json';
const QUERY = '?r=';

/** @returns the extension's path to answer with; without rules for tabs that have none */
export const answerPath = (encodedRules?: string): string =>
  `/${ANSWER}${encodedRules === undefined ? '' : QUERY + encodedRules}`;

/**
 * The path that a page's origin is asked for. No page may guess it, else it could read where the redirect leads: in
 * Firefox the extension's address identifies the profile. A static file has no secret at hand, synchronously, but just
 * that address: random in Firefox for a profile, in Chromium (`use_dynamic_url`) for a run of the browser.
 * @param address `runtime.getURL`
 */
export function requestPath(address: (path: string) => string): string {
  const secret = address(ANSWER);
  return `/${METRIC}-${hash(secret)}${hash(`${METRIC} ${secret}`)}`;
}

/**
 * Asks for the rules of the tab, in the isolated world. It takes some 10 ms, so it does not ask where the response
 * would have carried them.
 * @param address `runtime.getURL`
 * @returns null where there are none, or the response would have told; else why none can reach the page: its policies
 *   forbid the request (`connect-src` in Firefox, `sync-xhr` in Chromium)
 */
export function requestRules(page: Window, address: (path: string) => string): PageRules | Unforced | null {
  if (page.origin === 'null') return hasTiming(page) ? null : 'opaque';
  if (responseTells(page)) return null;
  try {
    const request = new XMLHttpRequest();
    request.open('GET', page.origin + requestPath(address), false);
    request.send();
    const answer = address('') + ANSWER + QUERY;
    return request.responseURL.startsWith(answer) ? decodeRules(request.responseURL.slice(answer.length)) : null;
  } catch {
    return address('').startsWith('moz-') ? 'connect-src' : 'sync-xhr';
  }
}

function hasTiming(page: Window): boolean {
  if (!/^http/.test(page.location.protocol)) return false;
  const [navigation] = page.performance.getEntriesByType('navigation') as Partial<PerformanceNavigationTiming>[];
  return navigation?.serverTiming !== undefined;
}

function responseTells(page: Window): boolean {
  // Not by the navigation's `workerStart`: Firefox leaves it 0. And `serviceWorker` is absent on plain http.
  const { serviceWorker } = page.navigator as Partial<Navigator>;
  return hasTiming(page) && !serviceWorker?.controller;
}
