/** Schemas in IndexedDB. Of private windows nothing stays: the browser gives them a database of their own. */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { JsonObject } from '../record/record.ts';
import type { SchemaStore } from './cache.ts';

interface Schemas extends DBSchema {
  schemas: { key: [repository: string, uri: string]; value: JsonObject };
}

/** Wikimedia has some 500 schemas of 10 kB. Beyond this all are dropped, and those in use read again. */
const MOST_SCHEMAS = 2_000;

export interface IdbStore extends SchemaStore {
  /** How much there is; bytes as JSON. */
  size(): Promise<{ schemas: number; bytes: number }>;
  clear(): Promise<void>;
}

/** Opens the database at the first use. After a failure the next use tries again. */
export function createIdbStore(name = 'schemas'): IdbStore {
  let opening: Promise<IDBPDatabase<Schemas>> | null = null;

  function open(): Promise<IDBPDatabase<Schemas>> {
    const started = (opening ??= openDB<Schemas>(name, 1, {
      upgrade: database => void database.createObjectStore('schemas'),
      terminated: () => (opening = null),
    }));
    started.catch(() => {
      if (opening === started) opening = null;
    });
    return started;
  }

  return {
    async get(repository, uri) {
      return (await (await open()).get('schemas', [repository, uri])) ?? null;
    },
    async put(repository, uri, schema) {
      const database = await open();
      if ((await database.count('schemas')) >= MOST_SCHEMAS) await database.clear('schemas');
      await database.put('schemas', schema, [repository, uri]);
    },
    async size() {
      const all = await (await open()).getAll('schemas');
      return { schemas: all.length, bytes: all.reduce((sum, schema) => sum + JSON.stringify(schema).length, 0) };
    },
    async clear() {
      await (await open()).clear('schemas');
    },
  };
}
