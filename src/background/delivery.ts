/** What becomes of requests to an intake, as the network layer sees it: evidence of delivery, and of what no hook sees. */

import type { Browser, WebRequest } from 'webextension-polyfill';
import { INTAKE_URL, LEGACY_INTAKE } from '../platform/intake-url.ts';
import type { Note } from '../record/facts.ts';
import { hash } from '../record/hash.ts';

const FILTER: WebRequest.RequestFilter = {
  urls: ['*://*/v1/events*', '*://*/v2/events*', '*://*/*/v2/events*', '*://*/beacon/event*'],
};

/** In characters. A longer body is not passed on: the page's own side of the request has it, where there is one. */
const LONGEST_BODY = 50_000;

type RequestNote = Exclude<Note, { kind: 'answer' }>;
type Seen = Pick<RequestNote, 'request' | 'frame' | 'type' | 'url' | 'at'>;

interface Details {
  requestId: string;
  tabId: number;
  frameId: number;
  /** Chromium only. */
  frameType?: string;
  /** Chromium only: the origin of the document or worker. */
  initiator?: string;
  /** Firefox only: the address of the document or worker. */
  originUrl?: string;
  type: string;
  method: string;
  url: string;
  timeStamp: number;
}

export interface DeliveryNotes {
  note(tab: number, note: Note): void;
  /** Of a worker that belongs to no tab: shared, or a service worker; nothing tells which. */
  noteOfOrigin(origin: string, note: Note): void;
}

/** Registers its listeners at once. They hold no state: a request may begin before a stop of the background and end after it. */
export function watchDelivery(browser: Browser, { note, noteOfOrigin }: DeliveryNotes): void {
  const { webRequest } = browser;

  /** A preflight is the browser's own: it is no event of a page. */
  const noted = (details: Details, about: (seen: Seen) => Note) => {
    if (details.method === 'OPTIONS') return;
    if (details.tabId >= 0) note(details.tabId, about(seenOf(details)));
    else {
      // Without a tab the browser sends reports of its own, too.
      const origin = details.type === 'xmlhttprequest' ? originOf(details) : null;
      if (origin !== null) noteOfOrigin(origin, about({ ...seenOf(details), frame: -1 }));
    }
  };

  webRequest.onBeforeRequest.addListener(details => noted(details, seen => beginning(details, seen)), FILTER, [
    'requestBody',
  ]);
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

const seenOf = ({ requestId, frameId, frameType, type, url, timeStamp }: Details): Seen => ({
  request: requestId,
  // Chromium gives the document another frame id once it is in the back/forward cache, where its last beacons are sent.
  frame: frameType === 'outermost_frame' ? 0 : frameId,
  type,
  url,
  at: timeStamp,
});

/** The origin of the worker that made the request; null where the browser does not tell. */
function originOf({ initiator, originUrl }: Details): string | null {
  const url = initiator ?? originUrl ?? '';
  return URL.canParse(url) && /^https?:/.test(url) ? new URL(url).origin : null;
}

function beginning(details: WebRequest.OnBeforeRequestDetailsType & Details, seen: Seen): Note {
  const { method, url, type, tabId } = details;
  const body = bodyText(details);
  const isLegacy = LEGACY_INTAKE.test(url);
  const sent = method === 'GET' || (isLegacy && !body) ? new URL(url).search.slice(1) : body;
  const worker = tabId < 0 ? originOf(details) : null;
  // A burst of beacons is to stay cheap, and the hook has the bytes of each.
  const isTold = type !== 'ping' && type !== 'beacon' && body !== null && body !== '' && body.length <= LONGEST_BODY;
  return {
    ...seen,
    kind: 'request',
    hash: sent === null ? null : hash(sent),
    ...(INTAKE_URL.test(url) && (method === 'POST' || isLegacy) ? { carries: true } : {}),
    ...(isTold ? { body } : {}),
    ...(worker === null ? {} : { worker }),
  };
}

/** The text of the body; null where the browser does not give its bytes. */
function bodyText({ requestBody }: WebRequest.OnBeforeRequestDetailsType): string | null {
  // Chromium gives an error instead of a Blob's bytes.
  const raw = requestBody?.raw;
  if (!raw || requestBody.error) return null;
  const decoder = new TextDecoder();
  let text = '';
  for (const { bytes } of raw) {
    if (!(bytes instanceof ArrayBuffer)) return null;
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
