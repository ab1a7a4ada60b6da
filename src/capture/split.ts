/** A body of several events of which only some may leave the page. */

import { type Batch, senders } from './calls.ts';
import { slice } from './natives.ts';

export interface Part {
  calls: Batch | null;
  /** A JSON array of its events, as they stood in the body. */
  body: string;
}

/**
 * Splits a body that is a JSON array into the events that are forced and the others; null where there is nothing to
 * split, or where it is not known which is which.
 */
export function split(body: unknown): { forced: Part; others: Part } | null {
  if (typeof body !== 'string') return null;
  const forced: Part = { calls: null, body: '' };
  const others: Part = { calls: null, body: '' };
  const lasts: { [part: string]: Batch } = {};
  let at = 1;
  for (let batch = senders(); batch; batch = batch.next) {
    const end = endOfValue(body, at);
    if (end === at) return null;
    const { call } = batch;
    const part = call.forced ? forced : others;
    const next = { call, next: null };
    const last = lasts[`${call.forced}`];
    if (last) last.next = next;
    else part.calls = next;
    lasts[`${call.forced}`] = next;
    part.body += `${part.body && ','}${slice(body, at, end)}`;
    at = end + 1;
  }
  if (body[0] !== '[' || at !== body.length || !forced.calls || !others.calls) return null;
  forced.body = `[${forced.body}]`;
  others.body = `[${others.body}]`;
  return { forced, others };
}

/** The position after the JSON value that begins at `from`: of the comma, or the bracket, that follows it. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  let inString = false;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && depth-- === 0) return i;
    else if (char === ',' && depth === 0) return i;
  }
  return from;
}
