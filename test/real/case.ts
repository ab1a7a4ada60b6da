/**
 * Calls of the clients, and the records that are to come of them. Cases that ask for the same page share one page load, one
 * after the other, each with an empty session storage. `call` is the body of an async function in the page, after its
 * clients are there.
 */

import type { BrowserName } from '../../src/cli/browsers/types.ts';
import type { Expected } from '../wiki/expected.ts';
import type { Generation } from '../wiki/generation.ts';

export interface Case {
  name: string;
  /** The generation of the clients; the newest where absent. */
  generation?: Generation;
  /** The only browser in which it is so. */
  browser?: BrowserName;
  /** The page's query, such as `mpo=a:b`: see the wiki's main page. With `cookies=0` the browser has no cookies. */
  query?: string;
  /** The session's identifier; it decides the sampling. */
  session?: string;
  call: string;
  /** In a page load of its own: it would disturb others, or others it. */
  alone?: true;
  /** The call has the page loaded again. In a page load of its own, and one more of the same address. */
  reloads?: true;
  /** The page is left after the call, instead of being asked to flush its queue. In a page load of its own. */
  leave?: true;
  /** Of a page load of its own: what happens while it loads comes first. */
  expected: Expected[];
  /** How many events the intake is to receive. */
  arrive: number;
}

/** At rate 0.5: just out (0.5000000001164153), just in; and in at no rate at all (1). */
export const HALF_OUT = '80000000c0ffee00c0ff';
export const HALF_IN = '7fffffffc0ffee00c0ff';
export const NEVER = 'ffffffffc0ffee00c0ff';

export const WEB_BASE = '/analytics/product_metrics/web/base/1.3.0';
export const WEB_BASE_2 = '/analytics/product_metrics/web/base/2.1.0';

/** The stream of all instruments and experiments of the wiki. */
export const STREAM = 'product_metrics.web_base';

/** The source of an event that its schema takes. */
export const EVENT = `{ $schema: '${WEB_BASE}', action: 'click',
  agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' } }`;
