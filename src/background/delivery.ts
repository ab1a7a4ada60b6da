/** What becomes of requests to an intake, as the network layer sees it: evidence of delivery, without bodies. */

import type { Browser, WebRequest } from 'webextension-polyfill';
import type { Note } from '../record/facts.ts';
import { hash } from '../record/hash.ts';

const FILTER: WebRequest.RequestFilter = {
  urls: ['*://*/v1/events*', '*://*/v2/events*', '*://*/*/v2/events*', '*://*/beacon/event*'],
};

type Seen = Pick<Note, 'request' | 'frame' | 'url' | 'at'>;

interface Details {
  requestId: string;
  tabId: number;
  frameId: number;
  /** Chromium only. */
  frameType?: string;
  method: string;
  url: string;
  timeStamp: number;
}

/** Registers its listeners at once. They hold no state: a request may begin before a stop of the background and end after it. */
export function watchDelivery(browser: Browser, note: (tab: number, note: Note) => void): void {
  const { webRequest } = browser;

  /** A preflight is the browser's own; a request without a tab is a worker's. Neither is an event of a page. */
  const noted = (details: Details, about: (seen: Seen) => Note) => {
    if (details.tabId >= 0 && details.method !== 'OPTIONS') note(details.tabId, about(seenOf(details)));
  };

  webRequest.onBeforeRequest.addListener(
    details => noted(details, seen => ({ ...seen, kind: 'request', hash: bodyHash(details) })),
    FILTER,
    ['requestBody'],
  );
  // Not onCompleted: Firefox ends a beacon with a 4xx or 5xx answer by onErrorOccurred, and has shown its status here.
  webRequest.onHeadersReceived.addListener(
    details => noted(details, seen => ({ ...seen, kind: 'status', status: details.statusCode })),
    FILTER,
  );
  // The browser's own redirects (an upgrade to https, a network rule) have no headers of a server.
  webRequest.onBeforeRedirect.addListener(
    details => noted(details, seen => ({ ...seen, kind: 'status', status: details.statusCode })),
    FILTER,
  );
  webRequest.onErrorOccurred.addListener(
    details => noted(details, seen => ({ ...seen, kind: 'error', error: details.error })),
    FILTER,
  );
}

const seenOf = ({ requestId, frameId, frameType, url, timeStamp }: Details): Seen => ({
  request: requestId,
  // Chromium gives the document another frame id once it is in the back/forward cache, where its last beacons are sent.
  frame: frameType === 'outermost_frame' ? 0 : frameId,
  url,
  at: timeStamp,
});

/** @returns the hash of the body's text; of the query where there is no body (a legacy beacon); null where it is not readable */
function bodyHash({ method, url, requestBody }: WebRequest.OnBeforeRequestDetailsType): string | null {
  if (method === 'GET') return hash(new URL(url).search.slice(1));
  // Chromium gives an error instead of a Blob's bytes.
  const raw = requestBody?.raw;
  if (!raw || requestBody.error) return null;
  const decoder = new TextDecoder();
  let text = '';
  for (const { bytes } of raw) {
    if (!(bytes instanceof ArrayBuffer)) return null;
    text += decoder.decode(bytes, { stream: true });
  }
  return hash(text + decoder.decode());
}
