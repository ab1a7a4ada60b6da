/**
 * Records tabs, with or without a panel. Which tabs are recorded is in storage.session, so that a stop of the
 * background changes nothing; what is recorded is in IndexedDB as soon as the relay is told that it has arrived.
 */

import type { Browser } from 'webextension-polyfill';
import type { Envelope, Note } from '../record/facts.ts';
import type { Override } from '../record/override.ts';
import type { Mark } from '../record/record.ts';
import { lastSeq, timeOf, withoutCalls } from '../recording/envelopes.ts';
import {
  type Chunk,
  type Ended,
  KEPT_DAYS,
  type Recording,
  type RecordingStatus,
  type RecordingStore,
} from '../recording/types.ts';
import { createQueue } from './queue.ts';
import { createTabStore } from './session.ts';
import { createWriter, type Writer } from './writer.ts';

/** What is kept of a recorded tab. */
export interface Active {
  id: string;
  name: string;
  started: number;
  paused: boolean;
  private: boolean;
  steps: RecordingStatus['steps'];
  /** A step begins with each page. */
  stepsByPage: boolean;
  problem: string | null;
  /** The tab's page load, as its relay said last. */
  load?: string;
}

export interface Recorder {
  /** Resolves when it is known which tabs are recorded. */
  ready: Promise<unknown>;
  isRecording(tab: number): boolean;
  /** Keeps facts; answers the seq up to which all are kept, null where the tab is not recorded (any more). */
  facts(tab: number, envelope: Envelope): Promise<number | null>;
  note(tab: number, note: Note): void;
  /** The relay of the tab's top frame connects: of a page that was loaded, or once more. */
  page(tab: number, load: string, url: string): void;
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

const DAY = 24 * 60 * 60_000;
const LONGEST_TEXT = 2_000;
const MOST_STEPS = 200;
/** Milliseconds that facts from before a stop have to arrive; those from after it are left out by their time. */
const ON_THEIR_WAY = 250;

export function createRecorder({ browser, store, memory, currentOverride, onChange, now }: RecorderParts): Recorder {
  const tabs = createTabStore<Active>(browser.storage.session, 'recording');
  const queue = createQueue();
  const active = new Map<number, Active>();
  const writers = new Map<string, Writer>();
  const loads = new Map<number, string>();

  const ready = queue(async () => {
    for (const [tab, one] of await tabs.all()) {
      active.set(tab, one);
      if (one.load !== undefined && !loads.has(tab)) loads.set(tab, one.load);
    }
    const running = new Set([...active.values()].map(({ id }) => id));
    for (const recording of await store.list()) {
      if (recording.ended === null && !running.has(recording.id)) await endInterrupted(recording);
      const age = now() - (recording.ended ?? recording.started);
      if (!recording.pinned && age > KEPT_DAYS * DAY && !running.has(recording.id)) await store.remove(recording.id);
    }
  });
  // Without a database there is nothing to tidy up; whoever records is told.
  ready.catch(() => undefined);

  /** The browser was killed, or the extension: what is there ends where its last fact was noted. */
  async function endInterrupted(recording: Recording): Promise<void> {
    let ended = recording.started;
    for await (const chunks of store.read(recording.id)) {
      ended = chunks.reduce((latest, chunk) => Math.max(latest, timeOf(chunk)), ended);
    }
    const text = 'The browser or the extension ended while it was recording: up to 100 ms before may be missing.';
    await store.append(recording.id, [{ kind: 'mark', mark: markAt(ended, 'interrupted', text) }]);
    const current = await store.get(recording.id);
    if (current) await store.put({ ...current, ended, how: 'interrupted' });
  }

  const loadOf = (tab: number) => {
    const load = loads.get(tab);
    return load === undefined ? {} : { load };
  };
  const storeOf = (one: Active) => (one.private ? memory : store);
  const tabsOf = (id: string) => [...active].filter(([, one]) => one.id === id).map(([tab]) => tab);
  const statusOf = ({ id, name, started, paused, private: isPrivate, steps, problem }: Active): RecordingStatus => ({
    id,
    name,
    started,
    paused,
    private: isPrivate,
    steps,
    problem,
  });

  function writerOf(one: Active): Writer {
    let writer = writers.get(one.id);
    if (!writer) {
      writer = createWriter(chunks => storeOf(one).append(one.id, chunks));
      writers.set(one.id, writer);
    }
    return writer;
  }

  /** Changes all tabs of a recording alike. */
  async function change(id: string, fields: Partial<Active>): Promise<void> {
    for (const tab of tabsOf(id)) {
      const one = { ...(active.get(tab) as Active), ...fields };
      active.set(tab, one);
      await tabs.put(tab, one);
      onChange(tab, statusOf(one));
    }
  }

  async function end(one: Active, how: Ended): Promise<void> {
    const kept = await storeOf(one).get(one.id);
    if (kept && kept.ended === null) await storeOf(one).put({ ...kept, ended: now(), how });
    for (const tab of tabsOf(one.id)) {
      active.delete(tab);
      await tabs.remove(tab);
      onChange(tab, null);
    }
    writers.delete(one.id);
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
      await writerOf(one)(chunk);
      return true;
    } catch (error) {
      if (active.get(tab)?.id === one.id) await queue(() => fail(one, error));
      return false;
    }
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
      const kept = active.get(tab)?.paused ? withoutCalls(envelope) : envelope;
      return (await write(tab, { kind: 'facts', tab, envelope: kept })) ? lastSeq(envelope) : null;
    },
    note(tab, note) {
      if (!active.get(tab)?.paused) void write(tab, { kind: 'notes', tab, notes: [note] });
    },
    page(tab, load, url) {
      const isNew = loads.get(tab) !== load;
      loads.set(tab, load);
      const one = active.get(tab);
      if (!one || !isNew) return;
      active.set(tab, { ...one, load });
      if (!one.stepsByPage || one.paused) return void queue(() => change(one.id, {}));
      const mark = markAt(now(), 'step', pathOf(url));
      void write(tab, { kind: 'mark', mark });
      void queue(() => change(one.id, { steps: withStep(active.get(tab) ?? one, mark) }));
    },
    opened(tab, opener) {
      void queue(async () => {
        const one = opener === undefined ? undefined : active.get(opener);
        if (!one) return;
        active.set(tab, one);
        await tabs.put(tab, one);
        onChange(tab, statusOf(one));
      });
    },
    closed(tab) {
      loads.delete(tab);
      void queue(async () => {
        const one = active.get(tab);
        if (!one) return;
        if (tabsOf(one.id).length === 1) await end(one, 'stopped');
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
          ...loadOf(tab),
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
        await writerOf(one)({ kind: 'mark', mark: markAt(started, 'start', one.name) });
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
        await new Promise(resolve => setTimeout(resolve, ON_THEIR_WAY));
        await writerOf(one)({ kind: 'mark', mark: markAt(stopped, 'stop', '') }).catch(() => undefined);
        await end(one, 'stopped');
        return null;
      }),
    mark: (tab, what, text) =>
      queue(async () => {
        const one = activeIn(tab);
        const told = text.trim().slice(0, LONGEST_TEXT) || (what === 'step' ? `Step ${one.steps.length + 1}` : '');
        const mark = markAt(now(), what, told);
        await writerOf(one)({ kind: 'mark', mark });
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

const markAt = (time: number, what: Mark['what'], text: string): Mark => ({
  type: 'mark',
  time: new Date(time).toISOString(),
  what,
  text,
});

/** All steps are in the recording; the newest of them are told. */
const withStep = ({ steps }: Active, { time, text }: Mark) => [...steps, { time, text }].slice(-MOST_STEPS);

function pathOf(url: string): string {
  if (!URL.canParse(url)) return url.slice(0, LONGEST_TEXT);
  const { pathname, search } = new URL(url);
  return (pathname + search).slice(0, LONGEST_TEXT);
}

function reasonOf(error: unknown): string {
  const name = (error as { name?: unknown } | null)?.name;
  if (name === 'QuotaExceededError' || /quota/i.test(String(error))) {
    return 'the storage is full. Delete recordings that are no longer needed, or free space on the disk';
  }
  return `it could not be written (${error instanceof Error ? error.message : String(error)})`;
}
