/**
 * Records tabs, with or without a panel. Which tabs are recorded is in storage.session, so that a stop of the
 * background changes nothing; what is recorded is in IndexedDB as soon as the relay is told that it has arrived.
 */

import type { Browser } from 'webextension-polyfill';
import type { Envelope, Note } from '../record/facts.ts';
import type { Override } from '../record/override.ts';
import { lastSeq, withoutCalls } from '../recording/envelopes.ts';
import { grouped } from '../recording/grouped.ts';
import type { Chunk, Ended, RecordingStatus, RecordingStore } from '../recording/types.ts';
import { type Active, type Known, statusOf, withLoad, withStep } from './active.ts';
import { createLeft } from './left.ts';
import { markAt, pathOf, reasonOf } from './marks.ts';
import { createQueue } from './queue.ts';
import { createTabStore } from './session.ts';
import { tidy } from './tidy.ts';

export interface Recorder {
  /** Resolves when it is known which tabs are recorded. */
  ready: Promise<unknown>;
  isRecording(tab: number): boolean;
  /** Keeps facts; answers the seq up to which all are kept, null where the tab is not recorded (any more). */
  facts(tab: number, envelope: Envelope): Promise<number | null>;
  note(tab: number, note: Note): void;
  /** The relay of a frame connects: of a page that was loaded, or once more. */
  page(tab: number, frame: number, load: string, url: string): void;
  /** The extension's storage has changed: a page may have left there what nobody heard any more. */
  stored(keys: readonly string[]): void;
  /** A tab was opened from another one. */
  opened(tab: number, opener: number | undefined): void;
  closed(tab: number): void;
  status(tab: number): Promise<RecordingStatus | null>;
  start(tab: number, options: { name: string; stepsByPage: boolean; repositories: string[] }): Promise<RecordingStatus>;
  stop(tab: number): Promise<null>;
  /** @throws Error where the tab is not recorded */
  mark(tab: number, what: 'step' | 'note' | 'pause' | 'resume', text: string): Promise<RecordingStatus>;
  /** Another override is in force in the tab. */
  override(tab: number, override: Override | null): void;
}

export interface RecorderParts {
  browser: Browser;
  store: RecordingStore;
  /** For tabs in private windows. */
  memory: RecordingStore;
  currentOverride: (tab: number) => Promise<Override | null>;
  /** The recording of these tabs began, ended or changed. */
  onChange(tab: number, status: RecordingStatus | null): void;
  now(): number;
}

const LONGEST_TEXT = 2_000;
/** Milliseconds that facts from before a stop have to arrive; those from after it are left out by their time. */
const ON_THEIR_WAY = 250;

export function createRecorder({ browser, store, memory, currentOverride, onChange, now }: RecorderParts): Recorder {
  const tabs = createTabStore<Active>(browser.storage.session, 'recording');
  const queue = createQueue();
  const left = createLeft(browser.storage.local);
  const active = new Map<number, Active>();
  const loads = new Map<number, Known[]>();

  const ready = queue(async () => {
    for (const [tab, one] of await tabs.all()) {
      active.set(tab, one);
      loads.set(tab, one.loads);
    }
    await tidy(store, new Set([...active.values()].map(({ id }) => id)), now());
  });
  // Without a database there is nothing to tidy up; whoever records is told.
  ready.catch(() => undefined);
  void queue(takeUp);

  /** Keeps what pages have left behind. What is of no recorded page goes: none may lie there. */
  async function takeUp(): Promise<void> {
    for (const [key, facts] of await left.all()) {
      for (const [tab, one] of facts ? active : []) {
        const known = one.loads.find(({ load }) => load === facts?.load);
        if (facts && known) await keep(tab, { ...facts, frame: known.frame });
      }
      await left.remove(key);
    }
  }

  /** What was called up to now may still be on its way: Firefox tells that a tab is closed before its page knows it. */
  async function lastToCome(): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, ON_THEIR_WAY));
    await takeUp();
  }

  const storeOf = (one: Active) => (one.private ? memory : store);
  const intoStore = grouped((id, chunks) => store.append(id, chunks));
  const intoMemory = grouped((id, chunks) => memory.append(id, chunks));
  const add = (one: Active, chunk: Chunk) => (one.private ? intoMemory : intoStore)(one.id, chunk);
  const tabsOf = (id: string) => [...active].filter(([, one]) => one.id === id).map(([tab]) => tab);

  /** Changes all tabs of a recording alike. */
  async function change(id: string, fields: Partial<Active>): Promise<void> {
    for (const tab of tabsOf(id)) {
      const one = { ...(active.get(tab) as Active), ...fields };
      active.set(tab, one);
      await tabs.put(tab, one);
      onChange(tab, statusOf(one));
    }
  }

  async function end(one: Active, how: Ended, ended = now()): Promise<void> {
    const kept = await storeOf(one).get(one.id);
    if (kept && kept.ended === null) await storeOf(one).put({ ...kept, ended, how });
    for (const tab of tabsOf(one.id)) {
      active.delete(tab);
      await tabs.remove(tab);
      onChange(tab, null);
    }
  }

  /** What could not be kept is not acknowledged; what was is there. */
  async function fail(one: Active, error: unknown): Promise<void> {
    const problem = `The recording "${one.name}" has ended: ${reasonOf(error)}. All up to here is kept.`;
    const concerned = tabsOf(one.id);
    await end(one, 'full').catch(() => undefined);
    for (const tab of concerned) onChange(tab, { ...statusOf(one), problem });
  }

  async function write(tab: number, chunk: Chunk): Promise<boolean> {
    await ready.catch(() => undefined);
    const one = active.get(tab);
    if (!one) return false;
    try {
      await add(one, chunk);
      return true;
    } catch (error) {
      if (active.get(tab)?.id === one.id) void queue(() => fail(one, error));
      return false;
    }
  }

  /** @returns the seq up to which all facts are kept, null where the tab is not recorded */
  async function keep(tab: number, envelope: Envelope): Promise<number | null> {
    const kept = active.get(tab)?.paused ? withoutCalls(envelope) : envelope;
    return (await write(tab, { kind: 'facts', tab, envelope: kept })) ? lastSeq(envelope) : null;
  }

  const activeIn = (tab: number): Active => {
    const one = active.get(tab);
    if (!one) throw new Error('This tab is not recorded. Start a test session first.');
    return one;
  };

  return {
    ready,
    isRecording: tab => active.has(tab),
    async facts(tab, envelope) {
      await ready.catch(() => undefined);
      return keep(tab, envelope);
    },
    note(tab, note) {
      if (!active.get(tab)?.paused) void write(tab, { kind: 'notes', tab, notes: [note] });
    },
    page(tab, frame, load, url) {
      const before = loads.get(tab) ?? [];
      const isKnown = before.at(-1)?.load === load;
      const isNewPage = frame === 0 && before.findLast(known => known.frame === 0)?.load !== load;
      const all = withLoad(before, { load, frame });
      loads.set(tab, all);
      const one = active.get(tab);
      if (!one || isKnown) return;
      active.set(tab, { ...one, loads: all });
      if (!isNewPage || !one.stepsByPage || one.paused) return void queue(() => change(one.id, {}));
      const mark = markAt(now(), 'step', pathOf(url).slice(0, LONGEST_TEXT));
      void write(tab, { kind: 'mark', mark });
      void queue(() => change(one.id, { steps: withStep(active.get(tab) ?? one, mark) }));
    },
    stored(keys) {
      if (keys.some(left.isKey)) void queue(takeUp);
    },
    opened(tab, opener) {
      void queue(async () => {
        const one = opener === undefined ? undefined : active.get(opener);
        if (!one) return;
        const own = { ...one, loads: loads.get(tab) ?? [] };
        active.set(tab, own);
        await tabs.put(tab, own);
        onChange(tab, statusOf(own));
      });
    },
    closed(tab) {
      loads.delete(tab);
      void queue(async () => {
        const one = active.get(tab);
        if (!one) return;
        const ended = now();
        await lastToCome();
        if (tabsOf(one.id).length === 1) await end(one, 'stopped', ended);
        active.delete(tab);
        await tabs.remove(tab);
      });
    },
    async status(tab) {
      await ready.catch(() => undefined);
      const one = active.get(tab);
      return one ? statusOf(one) : null;
    },
    start: (tab, { name, stepsByPage, repositories }) =>
      queue(async () => {
        const running = active.get(tab);
        if (running) return statusOf(running);
        const { incognito } = await browser.tabs.get(tab);
        const override = await currentOverride(tab);
        const started = now();
        const one: Active = {
          id: crypto.randomUUID(),
          name: name.trim().slice(0, LONGEST_TEXT) || new Date(started).toISOString(),
          started,
          paused: false,
          private: incognito,
          steps: [],
          stepsByPage,
          problem: null,
          loads: loads.get(tab) ?? [],
        };
        await storeOf(one).put({
          id: one.id,
          name: one.name,
          started,
          ended: null,
          how: null,
          pinned: false,
          size: 0,
          extension: browser.runtime.getManifest().version,
          browser: globalThis.navigator?.userAgent ?? '',
          repositories,
          overrides: override?.rules.map(rule => ({ ...rule })) ?? [],
        });
        await add(one, { kind: 'mark', mark: markAt(started, 'start', one.name) });
        active.set(tab, one);
        await tabs.put(tab, one);
        onChange(tab, statusOf(one));
        return statusOf(one);
      }),
    stop: tab =>
      queue(async () => {
        const one = active.get(tab);
        if (!one) return null;
        const stopped = now();
        await lastToCome();
        await add(one, { kind: 'mark', mark: markAt(stopped, 'stop', '') }).catch(() => undefined);
        await end(one, 'stopped', stopped);
        return null;
      }),
    mark: (tab, what, text) =>
      queue(async () => {
        const one = activeIn(tab);
        const told = text.trim().slice(0, LONGEST_TEXT) || (what === 'step' ? `Step ${one.steps.length + 1}` : '');
        const mark = markAt(now(), what, told);
        await add(one, { kind: 'mark', mark });
        await change(one.id, {
          ...(what === 'step' ? { steps: withStep(one, mark) } : {}),
          ...(what === 'pause' || what === 'resume' ? { paused: what === 'pause' } : {}),
        });
        return statusOf(activeIn(tab));
      }),
    override(tab, override) {
      const one = active.get(tab);
      if (!one || !override) return;
      void queue(async () => {
        const kept = await storeOf(one).get(one.id);
        const known = new Set(kept?.overrides.map(rule => JSON.stringify(rule)));
        const added = override.rules.filter(rule => !known.has(JSON.stringify(rule))).map(rule => ({ ...rule }));
        if (kept && added.length > 0) await storeOf(one).put({ ...kept, overrides: [...kept.overrides, ...added] });
      }).catch(() => undefined);
    },
  };
}
