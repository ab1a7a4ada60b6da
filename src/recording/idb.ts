/** Recordings in IndexedDB: what is written is there after any crash of the browser. */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Chunk, Recording, RecordingStore } from './types.ts';

interface Recordings extends DBSchema {
  recordings: { key: string; value: Recording };
  chunks: { key: number; value: Chunk & { recording: string }; indexes: { recording: string } };
}

/** Chunks of one read: as many as are copied without being noticed. */
const AT_ONCE = 8;
/** Milliseconds in which the sizes of what is appended are added up before they are written. */
const SIZES_EVERY = 500;

/** Opens the database at the first use. */
export function createIdbRecordings(name = 'recordings'): RecordingStore {
  let opening: Promise<IDBPDatabase<Recordings>> | null = null;
  /** What has been appended since a recording's size was written. */
  const grown = new Map<string, number>();

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

  function grow(id: string, size: number): void {
    if (grown.size === 0) setTimeout(() => void writeSizes().catch(() => undefined), SIZES_EVERY);
    grown.set(id, (grown.get(id) ?? 0) + size);
  }

  async function writeSizes(): Promise<void> {
    if (grown.size === 0) return;
    const added = [...grown];
    grown.clear();
    const transaction = (await open()).transaction('recordings', 'readwrite');
    for (const [id, size] of added) {
      const recording = await transaction.store.get(id);
      if (recording) await transaction.store.put({ ...recording, size: recording.size + size });
    }
    await transaction.done;
  }

  return {
    async put(recording) {
      await (await open()).put('recordings', recording);
    },
    async append(id, chunks) {
      // Relaxed: it outlives the browser's end, if not the machine's, and need not wait for the disk.
      const transaction = (await open()).transaction('chunks', 'readwrite', { durability: 'relaxed' });
      // One that fails aborts the transaction, whose own rejection tells it.
      for (const chunk of chunks) transaction.store.add({ ...chunk, recording: id }).catch(() => undefined);
      // At once, not in the task of this process that learns of the requests' success: it may be killed before.
      transaction.commit();
      await transaction.done;
      grow(
        id,
        chunks.reduce((sum, chunk) => sum + sizeOf(chunk), 0),
      );
    },
    async get(id) {
      await writeSizes();
      return (await (await open()).get('recordings', id)) ?? null;
    },
    async list() {
      await writeSizes();
      return (await (await open()).getAll('recordings')).sort((a, b) => b.started - a.started);
    },
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
  if (chunk.kind === 'notes') return JSON.stringify(chunk).length;
  // A few of them tell enough, and writing all takes as long as keeping them.
  const some = chunk.lines.filter((_, index) => index % ONE_OF === 0);
  return Math.round((JSON.stringify(some).length / Math.max(1, some.length)) * chunk.lines.length);
}

const ONE_OF = 16;
