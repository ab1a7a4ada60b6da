/** Recordings in IndexedDB: what is written is there after any crash of the browser. */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Chunk, Recording, RecordingStore } from './types.ts';

interface Recordings extends DBSchema {
  recordings: { key: string; value: Recording };
  chunks: { key: number; value: Chunk & { recording: string }; indexes: { recording: string } };
}

/** Chunks of one read: as many as are copied without being noticed. */
const AT_ONCE = 8;

/** Opens the database at the first use. */
export function createIdbRecordings(name = 'recordings'): RecordingStore {
  let opening: Promise<IDBPDatabase<Recordings>> | null = null;

  function open(): Promise<IDBPDatabase<Recordings>> {
    const started = (opening ??= openDB<Recordings>(name, 1, {
      upgrade(database) {
        database.createObjectStore('recordings', { keyPath: 'id' });
        database.createObjectStore('chunks', { autoIncrement: true }).createIndex('recording', 'recording');
      },
      terminated: () => (opening = null),
    }));
    started.catch(() => {
      if (opening === started) opening = null;
    });
    return started;
  }

  return {
    async put(recording) {
      await (await open()).put('recordings', recording);
    },
    async append(id, chunks) {
      const transaction = (await open()).transaction(['recordings', 'chunks'], 'readwrite');
      // One that fails aborts the transaction, whose own rejection tells it.
      const ignore = () => undefined;
      let size = 0;
      for (const chunk of chunks) {
        size += sizeOf(chunk);
        transaction
          .objectStore('chunks')
          .add({ ...chunk, recording: id })
          .catch(ignore);
      }
      const recordings = transaction.objectStore('recordings');
      recordings
        .get(id)
        .then(recording => recording && recordings.put({ ...recording, size: recording.size + size }))
        .catch(ignore);
      await transaction.done;
    },
    get: async id => (await (await open()).get('recordings', id)) ?? null,
    list: async () => (await (await open()).getAll('recordings')).sort((a, b) => b.started - a.started),
    async *read(id) {
      const database = await open();
      const keys = await database.getAllKeysFromIndex('chunks', 'recording', id);
      for (let from = 0; from < keys.length; from += AT_ONCE) {
        const [first = 0, last = first] = [keys[from], keys[Math.min(from + AT_ONCE, keys.length) - 1]];
        const all = await database.getAll('chunks', IDBKeyRange.bound(first, last));
        yield all.filter(({ recording }) => recording === id);
      }
    },
    async remove(id) {
      const transaction = (await open()).transaction(['recordings', 'chunks'], 'readwrite');
      void transaction.objectStore('recordings').delete(id);
      const chunks = transaction.objectStore('chunks');
      for (const key of await chunks.index('recording').getAllKeys(id)) void chunks.delete(key);
      await transaction.done;
    },
  };
}

/** In characters, as far as a glance tells. */
export function sizeOf(chunk: Chunk): number {
  if (chunk.kind === 'facts') return chunk.envelope.facts.reduce((sum, fact) => sum + fact.length, 100);
  if (chunk.kind === 'mark') return chunk.mark.text.length + 100;
  return JSON.stringify(chunk).length;
}
