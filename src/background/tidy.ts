import { timeOf } from '../recording/envelopes.ts';
import { KEPT_DAYS, type Recording, type RecordingStore } from '../recording/types.ts';
import { markAt } from './marks.ts';

const DAY = 24 * 60 * 60_000;

/**
 * Gives recordings that have no end one, and removes those that are too old.
 * @param running the ids of those that go on
 */
export async function tidy(store: RecordingStore, running: ReadonlySet<string>, now: number): Promise<void> {
  for (const recording of await store.list()) {
    if (running.has(recording.id)) continue;
    if (recording.ended === null) await endInterrupted(store, recording);
    const age = now - (recording.ended ?? recording.started);
    if (!recording.pinned && age > KEPT_DAYS * DAY) await store.remove(recording.id);
  }
}

/** The browser was killed, or the extension: what is there ends where its last fact was noted. */
async function endInterrupted(store: RecordingStore, recording: Recording): Promise<void> {
  let ended = recording.started;
  for await (const chunks of store.read(recording.id)) {
    ended = chunks.reduce((latest, chunk) => Math.max(latest, timeOf(chunk)), ended);
  }
  const text =
    'The browser or the extension ended while it was recording: what was called right before may be missing.';
  await store.append(recording.id, [{ kind: 'mark', mark: markAt(ended, 'interrupted', text) }]);
  const current = await store.get(recording.id);
  if (current) await store.put({ ...current, ended, how: 'interrupted' });
}
