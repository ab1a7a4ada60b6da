/**
 * The requests to intakes in a HAR 1.2 file, as Chrome, Firefox, Charles, mitmproxy and Proxyman write it.
 * Source: http://www.softwareishard.com/blog/har-12-spec/
 */

import { parseJson } from '../../log/json.ts';
import { at, textAt } from '../../platform/json.ts';
import { INTAKE_URL, LEGACY_INTAKE } from '../../platform/intake-url.ts';
import { hash } from '../../record/hash.ts';
import type { Delivery, Json } from '../../record/record.ts';
import type { Known } from './event-record.ts';

export interface HarRequest {
  events: Json[];
  known: Partial<Known>;
}

/** @returns null for a request that is to no intake; in words what is wrong with one that is */
export async function readEntry(entry: Json, pages: ReadonlyMap<string, string>): Promise<HarRequest | string | null> {
  const request = at(entry, 'request');
  const url = textAt(request, 'url');
  const method = textAt(request, 'method');
  if (url === null || !URL.canParse(url)) return 'it is no entry of a HAR file';
  const isLegacy = LEGACY_INTAKE.test(url);
  if ((!INTAKE_URL.test(url) && !isLegacy) || method === 'OPTIONS') return null;
  const text =
    method === 'GET' && isLegacy
      ? decoded(new URL(url).search.slice(1).replace(/;$/, ''))
      : await bodyOf(at(request, 'postData'));
  if (text === null) return `the request to ${shortUrl(url)} has no body in this file: export it with content`;
  const body = parseJson(text);
  if (body === undefined) return `the body of the request to ${shortUrl(url)} is no JSON`;
  const pageref = textAt(entry, 'pageref');
  const page = (pageref === null ? undefined : pages.get(pageref)) ?? refererOf(request);
  return {
    events: Array.isArray(body) ? body : [body],
    known: {
      time: textAt(entry, 'startedDateTime') ?? '',
      api: 'request',
      delivery: deliveryOf(url, entry),
      ...(pageref === null ? {} : { load: `har-${hash(pageref)}` }),
      ...(page === undefined ? {} : { url: page }),
    },
  };
}

/** The address of a page of the file: its title, where that is one. */
export function readPage(page: Json): [id: string, url: string] | null {
  const id = textAt(page, 'id');
  const title = textAt(page, 'title');
  return id !== null && title !== null && URL.canParse(title) ? [id, title] : null;
}

function refererOf(request: Json | undefined): string | undefined {
  const headers = at(request, 'headers');
  const found = Array.isArray(headers)
    ? headers.find(header => textAt(header, 'name')?.toLowerCase() === 'referer')
    : undefined;
  return textAt(found, 'value') ?? undefined;
}

function deliveryOf(url: string, entry: Json): Delivery {
  const response = at(entry, 'response');
  const status = at(response, 'status');
  const isAnswered = typeof status === 'number' && status > 0;
  const content = textAt(response, 'content', 'text');
  const error = textAt(response, '_error');
  const answer = content === null ? error : (parseJson(content) ?? content.slice(0, 10_000));
  const sentAt = textAt(entry, 'startedDateTime');
  return {
    state: isAnswered ? 'answered' : error === null ? 'sent' : 'blocked',
    url,
    queuedUntil: null,
    sentAt: sentAt !== null && !Number.isNaN(Date.parse(sentAt)) ? new Date(sentAt).toISOString() : null,
    status: isAnswered ? status : null,
    answer,
  };
}

async function bodyOf(postData: Json | undefined): Promise<string | null> {
  const text = textAt(postData, 'text');
  if (text === null || text === '') return null;
  // Charles and Proxyman write bodies that are no text, such as compressed ones, in base64.
  if (textAt(postData, 'encoding') !== 'base64') return text;
  try {
    const bytes = Uint8Array.from(atob(text), one => one.charCodeAt(0));
    const stream = new Blob([bytes]).stream();
    return await new Response(bytes[0] === 0x1f ? stream.pipeThrough(new DecompressionStream('gzip')) : stream).text();
  } catch {
    return null;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const shortUrl = (url: string) => new URL(url).host + new URL(url).pathname;
