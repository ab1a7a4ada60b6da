/** The newest notes of each tab, kept for panels that open later: each is given them all, whoever had them before. */

import type { Storage } from 'webextension-polyfill';
import type { Note } from '../record/facts.ts';
import { createQueue } from './queue.ts';
import { createTabStore } from './session.ts';

/** A tab's share: storage.session holds 10 MB in all. The oldest go first. */
const MOST_NOTES = 1000;
const MOST_CHARACTERS = 250_000;
/** Between two writes: in a burst each would be of all that is kept. */
const PAUSE_MS = 100;

export interface Notes {
  keep(tab: number, note: Note): void;
  /** What is kept of the tab, in order. None that is kept meanwhile is missed. */
  of(tab: number): Promise<Note[]>;
  remove(tab: number): Promise<void>;
  /** A request may end after its tab: what was kept for tabs that are gone is of no use. */
  retain(open: ReadonlySet<number | undefined>): Promise<void>;
}

export function createNotes(area: Storage.StorageArea): Notes {
  const store = createTabStore<Note[]>(area, 'notes');
  const queue = createQueue();
  /** Not yet written: what comes while one write is under way goes with the next, all at once. */
  const fresh = new Map<number, Note[]>();

  function takeFresh(tab: number): Note[] {
    const notes = fresh.get(tab) ?? [];
    fresh.delete(tab);
    return notes;
  }

  async function write(tab: number): Promise<void> {
    if (!fresh.has(tab)) return;
    const stored = (await store.get(tab)) ?? [];
    await store.put(tab, newest([...stored, ...takeFresh(tab)]));
  }

  let isResting = false;
  /** Those that come while the last write is recent go with the next, of all tabs. */
  function writeSoon(): void {
    if (isResting) return;
    isResting = true;
    for (const tab of fresh.keys()) void queue(() => write(tab));
    setTimeout(() => {
      isResting = false;
      if (fresh.size > 0) writeSoon();
    }, PAUSE_MS);
  }

  return {
    keep(tab, note) {
      const waiting = fresh.get(tab);
      if (waiting) waiting.push(note);
      else fresh.set(tab, [note]);
      writeSoon();
    },
    of: tab =>
      queue(async () => {
        const stored = (await store.get(tab)) ?? [];
        return newest([...stored, ...(fresh.get(tab) ?? [])]);
      }),
    remove: tab =>
      queue(async () => {
        fresh.delete(tab);
        await store.remove(tab);
      }),
    retain: open =>
      queue(async () => {
        for (const tab of (await store.all()).keys()) if (!open.has(tab)) await store.remove(tab);
      }),
  };
}

function newest(notes: Note[]): Note[] {
  let room = MOST_CHARACTERS;
  const first = notes.findLastIndex(note => (room -= JSON.stringify(note).length) < 0) + 1;
  return notes.slice(Math.max(first, notes.length - MOST_NOTES));
}
