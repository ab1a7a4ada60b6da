/** Recordings of private windows: in the browser's session storage, which is memory and ends with the browser. */

import type { Storage } from 'webextension-polyfill';
import { sizeOf } from './idb.ts';
import type { Chunk, Recording, RecordingStore } from './types.ts';

const HEAD = 'private:';
const PART = 'private-part:';

/** @param area `storage.session`, which holds 10 MB in all */
export function createMemoryRecordings(area: Storage.StorageArea): RecordingStore {
  const headOf = (id: string) => HEAD + id;
  const partsOf = (all: { [key: string]: unknown }, id: string) =>
    Object.keys(all)
      .filter(key => key.startsWith(`${PART}${id}:`))
      .sort();
  const get = async (id: string) => ((await area.get(headOf(id)))[headOf(id)] as Recording | undefined) ?? null;
  const put = (recording: Recording) => area.set({ [headOf(recording.id)]: recording });
  let last: Promise<void> = Promise.resolve();

  async function append(id: string, chunks: readonly Chunk[]): Promise<void> {
    const count = partsOf(await area.get(null), id).length;
    await area.set({ [`${PART}${id}:${String(count).padStart(9, '0')}`]: chunks });
    const recording = await get(id);
    if (recording)
      await put({ ...recording, size: chunks.reduce((sum, chunk) => sum + sizeOf(chunk), recording.size) });
  }

  return {
    put,
    get,
    append(id, chunks) {
      // One after the other: each counts those before it.
      const next = last.then(() => append(id, chunks));
      last = next.catch(() => undefined);
      return next;
    },
    async list() {
      const all = Object.entries(await area.get(null)).filter(([key]) => key.startsWith(HEAD));
      return all.map(([, value]) => value as Recording).sort((a, b) => b.started - a.started);
    },
    async *read(id) {
      const all = await area.get(null);
      for (const key of partsOf(all, id)) yield all[key] as Chunk[];
    },
    async remove(id) {
      await area.remove([headOf(id), ...partsOf(await area.get(null), id)]);
    },
  };
}
