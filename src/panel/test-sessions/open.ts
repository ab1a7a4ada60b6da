import browser from 'webextension-polyfill';
import type { Log } from '../../log/types.ts';
import { createIdbRecordings } from '../../recording/idb.ts';
import { createMemoryRecordings } from '../../recording/memory.ts';
import type { Recording, RecordingStore } from '../../recording/types.ts';
import { rebuild, type Rebuilt } from '../../test-session/rebuild.ts';
import { createRecordLog } from '../../test-session/record-log.ts';

/** Both kinds of recordings as one: those of private windows are in memory. */
export function allRecordings(): RecordingStore & { isPrivate(id: string): Promise<boolean> } {
  const kept = createIdbRecordings();
  const memory = createMemoryRecordings(browser.storage.session);
  const isPrivate = async (id: string) => (await memory.get(id)) !== null;
  const of = async (id: string) => ((await isPrivate(id)) ? memory : kept);
  return {
    isPrivate,
    put: async recording => (await of(recording.id)).put(recording),
    append: async (id, chunks) => (await of(id)).append(id, chunks),
    get: async id => (await of(id)).get(id),
    list: async () => [...(await memory.list()), ...(await kept.list())].sort((a, b) => b.started - a.started),
    read: async (id, from) => (await of(id)).read(id, from),
    remove: async id => (await of(id)).remove(id),
  };
}

/** @throws Error where there is no such recording any more */
export async function rebuilt(store: RecordingStore, id: string): Promise<Rebuilt & { recording: Recording }> {
  const recording = await store.get(id);
  if (!recording) throw new Error('This recording is gone: it was deleted, or it was of a private window.');
  return { ...rebuild(recording, await store.read(id)), recording };
}

/** A recording as a log of its own, for a panel that shows nothing else. */
export async function openRecording(id: string): Promise<{ log: Log; rebuilt: Rebuilt }> {
  const all = await rebuilt(allRecordings(), id);
  return { log: createRecordLog(all.session.records, all.loads), rebuilt: all };
}
