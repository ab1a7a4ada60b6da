/**
 * What pages leave behind in the extension's storage as they go, while the background is stopped: in Chromium nothing
 * else outlives them. The load of a page is a secret between its relay and the background: who knows it is that page.
 */

import type { Storage } from 'webextension-polyfill';
import type { Envelope } from '../record/facts.ts';
import { LEFT } from '../wire/protocol.ts';

export interface Left {
  /** By its key; null for what cannot be read. */
  all(): Promise<[key: string, facts: Omit<Envelope, 'frame'> | null][]>;
  remove(key: string): Promise<void>;
  isKey(key: string): boolean;
}

export function createLeft(area: Storage.StorageArea): Left {
  const isKey = (key: string) => key.startsWith(LEFT);
  return {
    isKey,
    async all() {
      const kept = await area.get(null).catch(() => ({}));
      return Object.entries(kept).flatMap(([key, value]) => (isKey(key) ? [[key, read(value)]] : []));
    },
    remove: key => area.remove(key),
  };
}

function read(value: unknown): Omit<Envelope, 'frame'> | null {
  const { load, url, facts, hole, unforced } = (value ?? {}) as Partial<Envelope>;
  if (typeof load !== 'string' || typeof url !== 'string' || !Array.isArray(facts)) return null;
  return { load, url, facts, ...(hole && { hole }), ...(unforced && { unforced }) };
}
