import browser from 'webextension-polyfill';
import type { Log } from '../../log/types.ts';
import { createIdbRecordings, sizeOf } from '../../recording/idb.ts';
import { createMemoryRecordings } from '../../recording/memory.ts';
import type { RecordingStore } from '../../recording/types.ts';
import { createRebuilding, type Rebuilt } from '../../test-session/rebuild.ts';
import { createRecordLog } from '../../test-session/record-log.ts';
import { inSlices } from '../../test-session/slices.ts';
import { t } from '../i18n.ts';
import { pause } from './pause.ts';

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
    async *read(id) {
      yield* (await of(id)).read(id);
    },
    remove: async id => (await of(id)).remove(id),
  };
}

/**
 * A recording as it is kept. What is read is told now and then, in characters.
 * @throws Error where there is no such recording any more
 */
export async function rebuilt(
  store: RecordingStore,
  id: string,
  onProgress?: (done: number, of: number) => void,
): Promise<Rebuilt> {
  const recording = await store.get(id);
  if (!recording) throw new Error(t('testsGone'));
  const rebuilding = createRebuilding(recording);
  let done = 0;
  for await (const chunks of store.read(id)) {
    for (const chunk of chunks) {
      rebuilding.take(chunk);
      done += sizeOf(chunk);
    }
    onProgress?.(done, recording.size);
    await pause();
  }
  return inSlices(rebuilding.done(), pause);
}

/** A recording as a log of its own, for a panel that shows nothing else. */
export async function openRecording(id: string): Promise<{ log: Log; rebuilt: Rebuilt }> {
  const all = await rebuilt(allRecordings(), id);
  return { log: await inSlices(createRecordLog(all.session.records, all.loads), pause), rebuilt: all };
}
