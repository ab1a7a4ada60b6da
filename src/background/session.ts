/** What outlives a stop of the background but not the browser: one key a tab and kind, in storage.session. */

import type { Storage } from 'webextension-polyfill';

export interface TabStore<T> {
  get(tab: number): Promise<T | undefined>;
  all(): Promise<Map<number, T>>;
  put(tab: number, value: T): Promise<void>;
  remove(tab: number): Promise<void>;
}

/** @param kind the prefix of the keys: a kind belongs to one module, which alone writes it */
export function createTabStore<T>(area: Storage.StorageArea, kind: string): TabStore<T> {
  const prefix = `${kind}:`;
  const key = (tab: number) => prefix + tab;
  return {
    get: async tab => (await area.get(key(tab)))[key(tab)] as T | undefined,
    async all() {
      const found = Object.entries(await area.get(null)).filter(([name]) => name.startsWith(prefix));
      return new Map(found.map(([name, value]) => [Number(name.slice(prefix.length)), value as T]));
    },
    put: (tab, value) => area.set({ [key(tab)]: value }),
    remove: tab => area.remove(key(tab)),
  };
}
