/** Records of events that come from elsewhere: nothing is known of the call, and of the client what the event tells. */

import { at, textAt } from '../../platform/json.ts';
import { hash } from '../../record/hash.ts';
import type { Client } from '../../record/lists.ts';
import type { Delivery, Json, Record } from '../../record/record.ts';

export interface Known {
  time: string;
  api: string;
  delivery: Delivery;
  /** Names the page load that it belongs to, where that is known. */
  load: string;
  url: string;
}

/** The first of these that the event has as a text. */
const firstText = (event: Json, paths: string[][]): string | null => {
  for (const path of paths) {
    const found = textAt(event, ...path);
    if (found !== null) return found;
  }
  return null;
};

/** By where clients of the web, of Android and of iOS put them, now and earlier. */
export const SESSION = [
  ['performer', 'session_id'],
  ['app_session_id'],
  ['session_id'],
  ['event', 'session_token'],
  ['event', 'session_id'],
];
const PAGEVIEW = [['performer', 'pageview_id'], ['pageview_id'], ['event', 'pageview_id']];
const INSTALL = [['agent', 'app_install_id'], ['app_install_id'], ['event', 'app_install_id']];
const TIME = [['dt'], ['client_dt'], ['meta', 'dt']];

export const installOf = (event: Json): string | null => firstText(event, INSTALL);

/**
 * Which client sent it, by what clients write about themselves: `agent.client_platform` of the Metrics Platform
 * libraries, titles of the apps' own schemas, and the user agent. The library for Android was Java until Test Kitchen,
 * whose events have an instrument or the second generation of the base schema.
 */
export function clientOf(event: Json): Client {
  const schema = textAt(event, '$schema') ?? '';
  const platform = textAt(event, 'agent', 'client_platform') ?? '';
  const headers = at(at(event, 'http'), 'request_headers');
  const userAgent = textAt(headers, 'user-agent') ?? textAt(event, 'user_agent') ?? '';
  const isAndroid = platform === 'android' || /\/android_/.test(schema) || /^WikipediaApp\/.*Android/.test(userAgent);
  if (isAndroid) {
    const isJava = /^\/analytics\/(?:product_metrics\/app\/base|mediawiki\/client\/metrics_event)\/1\./.test(schema);
    return isJava && textAt(event, 'instrument_name') === null ? 'java' : 'kotlin';
  }
  if (platform === 'ios' || /\/ios_/.test(schema) || /^WikipediaApp\/.*(?:iOS|iPhone|iPad)/.test(userAgent))
    return 'swift';
  return platform === 'mediawiki_php' ? 'php' : 'unknown';
}

const UNKNOWN: Delivery = { state: 'none', url: null, queuedUntil: null, sentAt: null, status: null, answer: null };

const isTime = (text: string | null): text is string => text !== null && !Number.isNaN(Date.parse(text));

/** @param position names the record within its page load, from 1 */
export function recordOfEvent(event: Json, position: number, known: Partial<Known> = {}): Record {
  const session = firstText(event, SESSION);
  const pageview = firstText(event, PAGEVIEW);
  const domain = textAt(event, 'meta', 'domain') ?? textAt(event, 'webHost');
  const time = [known.time ?? null, firstText(event, TIME)].find(isTime);
  const load = known.load ?? `import-${hash(pageview ?? session ?? installOf(event) ?? domain ?? '')}`;
  return {
    type: 'record',
    id: `${load}/${position}`,
    time: time === undefined ? '' : new Date(time).toISOString(),
    frame: 0,
    client: clientOf(event),
    clientVersion: null,
    api: known.api ?? '',
    stream: textAt(event, 'meta', 'stream'),
    redirectedFrom: null,
    instrument: textAt(event, 'instrument_name'),
    experiment: textAt(event, 'experiment', 'enrolled'),
    action: textAt(event, 'action') ?? textAt(event, 'event', 'action'),
    schema: textAt(event, '$schema'),
    decision: { state: 'unknown', reason: null, answer: null, agrees: true, sampling: null },
    override: null,
    event,
    reconstructed: false,
    truncated: false,
    delivery: known.delivery ?? UNKNOWN,
    verdict: { verdict: 'pending', errors: [] },
    checks: [],
    origin: null,
    interaction: null,
    session,
    pageview,
    page: { load, url: known.url ?? (domain === null ? '' : `https://${domain}/`) },
    final: false,
  };
}
