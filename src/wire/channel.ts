/**
 * The channel between the hook (the page's world) and the relay (the extension's isolated world): a MessagePort, handed
 * over by one synchronous event at document_start, before any page code; while the page is hidden or being left, one
 * synchronous event a message under a random name that was agreed with the port. Never `window.postMessage`: every
 * listener of the page reads that. All messages are text.
 */

/** The event that hands over the port. The relay takes the first one, before page code runs, and no other. */
export const HANDOVER = 'metrics-platform-inspector';

/**
 * Names of the synchronous events, from the random name in the handover: a batch up, an order down; and whether the
 * extension is still there, which a relay answers by preventing the default.
 */
export const upName = (name: string): string => `${name}>`;
export const downName = (name: string): string => `${name}<`;
export const askName = (name: string): string => `${name}?`;

/** Relay to hook. `rules` is followed by a blank and JSON of `PageRules` or null. */
export type Order = 'listen' | 'stop' | 'replay' | 'flush' | 'detach' | `rules ${string}`;

/** Facts of the hook on their way: consecutive seqs from `from`; the `lost` seqs before it are gone. */
export interface Batch {
  from: number;
  lost: number;
  facts: string[];
}

export const writeBatch = (from: number, lines: string, lost: number): string => `${from} ${lost}\n${lines}`;

/** A batch, or null for anything that the hook did not write. At most 256 facts are taken. */
export function readBatch(message: unknown): Batch | null {
  if (typeof message !== 'string') return null;
  const [head = '', ...facts] = message.split('\n', 257);
  const match = /^(\d{1,15}) (\d{1,15})$/.exec(head);
  if (!match || facts.length === 0) return null;
  const from = Number(match[1]);
  const lost = Number(match[2]);
  return from >= 1 && lost < from ? { from, lost, facts } : null;
}
