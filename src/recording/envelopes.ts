/** What an envelope of facts says of itself. Its facts come from a page: none has been checked yet. */

import type { Envelope } from '../record/facts.ts';
import type { Chunk } from './types.ts';

interface Numbered {
  kind?: unknown;
  seq?: unknown;
  at?: unknown;
}

function read(fact: string): Numbered {
  try {
    return (JSON.parse(fact) ?? {}) as Numbered;
  } catch {
    return {};
  }
}

/** The number of the last fact, or the last that a hole says nobody has. */
export function lastSeq({ facts, hole }: Envelope): number {
  const seq = read(facts.at(-1) ?? '').seq;
  return Math.max(hole?.to ?? 0, Number.isSafeInteger(seq) ? Number(seq) : 0);
}

/** Of a pause only what the page is, not what it does: the rest is a hole that says why. */
export function withoutCalls(envelope: Envelope): Envelope {
  const known = envelope.facts.map(fact => ({ fact, ...read(fact) }));
  const kept = known.filter(({ kind }) => kind === 'context' || kind === 'page').map(({ fact }) => fact);
  const seqs = known.flatMap(({ seq }) => (typeof seq === 'number' ? [seq] : []));
  const [first, last] = [seqs[0], seqs.at(-1)];
  if (kept.length === envelope.facts.length || first === undefined || last === undefined) return envelope;
  // A hole is one stretch: facts within it that are kept fill it again.
  return { ...envelope, facts: kept, hole: { from: envelope.hole?.from ?? first, to: last, reason: 'paused' } };
}

/** When the newest of it was noted; milliseconds since the epoch. */
export function timeOf(chunk: Chunk): number {
  if (chunk.kind === 'mark') return Date.parse(chunk.mark.time);
  const times =
    chunk.kind === 'facts'
      ? [read(chunk.envelope.facts.at(-1) ?? '').at]
      : chunk.kind === 'notes'
        ? chunk.notes.map(({ at }) => at)
        : [];
  return times.reduce<number>((latest, at) => (typeof at === 'number' ? Math.max(latest, at) : latest), 0);
}
