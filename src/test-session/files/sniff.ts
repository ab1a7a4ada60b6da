/** What kind of file this is, by its beginning. */

import { isTableHead } from './table.ts';

export type Kind =
  /** One JSON value a line: our own, or bare events. */
  | 'lines'
  /** An array of events. */
  | 'array'
  | 'har'
  /** Server-sent events, as EventStreams sends them. */
  | 'stream'
  /** A table as we write it. */
  | 'table'
  /** One JSON value, small enough to be read whole. */
  | 'value';

const SIGNATURES: [name: string, bytes: number[]][] = [
  ['a zip archive: unpack it first', [0x50, 0x4b, 3, 4]],
  ['a Zstandard archive: unpack it first', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a bzip2 archive: unpack it first', [0x42, 0x5a, 0x68]],
  ['an xz archive: unpack it first', [0xfd, 0x37, 0x7a, 0x58]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['text in UTF-16: save it as UTF-8', [0xff, 0xfe]],
  ['text in UTF-16: save it as UTF-8', [0xfe, 0xff]],
  ['a packet capture: export HAR instead', [0xd4, 0xc3, 0xb2, 0xa1]],
  ['a packet capture: export HAR instead', [0x0a, 0x0d, 0x0d, 0x0a]],
  ['a database', [0x53, 0x51, 0x4c, 0x69]],
];

const begins = (bytes: Uint8Array, signature: number[]) => signature.every((byte, index) => bytes[index] === byte);

export const isGzip = (bytes: Uint8Array): boolean => begins(bytes, [0x1f, 0x8b]);

/** What a file is that cannot be read; null where nothing speaks against it. */
export function foreign(bytes: Uint8Array): string | null {
  const [known] = SIGNATURES.find(([, signature]) => begins(bytes, signature)) ?? [];
  if (known !== undefined) return known;
  return bytes.subarray(0, 1_000).includes(0) ? 'binary' : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param text the file's first characters, as many as there are up to some thousands
 * @returns the kind; or in words what it is instead
 */
export function kindOf(text: string): { kind: Kind } | { instead: string } {
  const begin = text.trimStart();
  if (begin === '') return { instead: 'empty' };
  if (begin.startsWith('[')) return { kind: 'array' };
  if (/^(?::|data:|event:|id:|retry:)/.test(begin)) return { kind: 'stream' };
  if (begin.startsWith('<')) return { instead: /^<!doctype html|^<html/i.test(begin) ? 'a web page' : 'XML' };
  const [first = ''] = begin.split('\n', 1);
  if (begin.startsWith('{')) {
    if (isJson(first) && begin.length > first.length) return { kind: 'lines' };
    if (/^\{\s*"log"\s*:\s*\{/.test(begin)) return { kind: 'har' };
    // A first line that is broken is told as such, where the next one is whole.
    const [, second = ''] = begin.split('\n', 2);
    return { kind: second.startsWith('{') ? 'lines' : 'value' };
  }
  if (jsonIn(first) !== null) return { kind: 'lines' };
  if (isTableHead(first)) return { kind: 'table' };
  if (/^[\w" -]+(?:[,;\t][\w" -]+){2}/.test(first))
    return { instead: 'a table without the columns "time" and "event"' };
  return { instead: 'text without JSON' };
}

const LONGEST_PREFIX = 300;

/** The JSON of a line that has a key or a time before it, as kafkacat writes them; null for none. */
export function jsonIn(line: string): string | null {
  const begin = line.indexOf('{');
  return begin < 0 || begin > LONGEST_PREFIX || !line.trimEnd().endsWith('}') ? null : line.slice(begin);
}
