/** What intakes answer to the inspected page: DevTools alone can read the body of a beacon's answer. */

import browser from 'webextension-polyfill';
import { HASTY } from '../log/wire.ts';
import { INTAKE_URL } from '../platform/intake-url.ts';
import type { Note } from '../record/facts.ts';
import { hash } from '../record/hash.ts';

/** What of a finished request is read: HAR 1.2, with the content on demand. */
interface Finished {
  startedDateTime: string;
  request: { method: string; url: string; postData?: { text?: string } | null };
  response: { status: number };
  getContent(): Promise<unknown>;
}

/**
 * Tells each answer of an intake that was asked to look first (not hasty). Nothing where the panel is no part of
 * DevTools. Chromium leaves out what was sent while the page was being left.
 */
export function followAnswers(tell: (note: Note) => void): void {
  const finished = browser.devtools?.network?.onRequestFinished;
  finished?.addListener(entry => void read(entry as unknown as Finished, tell));
}

async function read(entry: Finished, tell: (note: Note) => void): Promise<void> {
  const { request, response, startedDateTime } = entry;
  const { url, method, postData } = request;
  if (method !== 'POST' || response.status === 0 || !INTAKE_URL.test(url) || HASTY.test(url)) return;
  const content: unknown = await entry.getContent().catch(() => null);
  const text = postData?.text;
  tell({
    kind: 'answer',
    url,
    at: Date.parse(startedDateTime),
    hash: typeof text === 'string' ? hash(text) : null,
    status: response.status,
    body: textOf(content),
  });
}

/** The content as text. Firefox gives `[content, encoding]`, Chromium, through the polyfill, an object of both. */
function textOf(given: unknown): string {
  const { content: text, encoding } = Array.isArray(given)
    ? { content: given[0] as unknown, encoding: given[1] as unknown }
    : ((given ?? {}) as { content?: unknown; encoding?: unknown });
  if (typeof text !== 'string') return '';
  if (encoding !== 'base64') return text;
  return new TextDecoder().decode(Uint8Array.from(atob(text), one => one.charCodeAt(0)));
}
