/** Notes that no panel has received yet, kept for the one that opens later. */

import type { Storage } from 'webextension-polyfill';
import type { Note } from '../record/facts.ts';
import { createQueue } from './queue.ts';
import { createTabStore } from './session.ts';

/** A tab's share: storage.session holds 10 MB in all. The oldest go first. */
const MOST_NOTES = 1000;
const MOST_CHARACTERS = 250_000;

export interface Notes {
  keep(tab: number, note: Note): void;
  /** Hands over all notes of the tab, in order, and forgets them. None that is kept meanwhile is missed. */
  take(tab: number): Promise<Note[]>;
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
    const stored = (await store.get(tab)) ?? [];
    const notes = newest([...stored, ...takeFresh(tab)]);
    if (notes.length) await store.put(tab, notes);
  }

  return {
    keep(tab, note) {
      const waiting = fresh.get(tab);
      if (waiting) waiting.push(note);
      else {
        fresh.set(tab, [note]);
        void queue(() => write(tab));
      }
    },
    take: tab =>
      queue(async () => {
        const stored = await store.get(tab);
        if (stored) await store.remove(tab);
        return [...(stored ?? []), ...takeFresh(tab)];
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
