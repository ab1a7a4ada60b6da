/** The state of the view of test sessions: plan, results, recordings, files. It outlives a change of views. */

import browser from 'webextension-polyfill';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Recording, type RecordingStore } from '../../recording/types.ts';
import { explainSampling } from '../../test-session/app-sampling.ts';
import { compareSessions } from '../../test-session/compare/compare.ts';
import type { Comparison } from '../../test-session/compare/types.ts';
import { exportSession, type Format } from '../../test-session/files/export.ts';
import { importFile, type Problem } from '../../test-session/files/import.ts';
import { judgeSession } from '../../test-session/judge/session.ts';
import type { Result } from '../../test-session/judge/types.ts';
import { loadsOf } from '../../test-session/loads.ts';
import { readPlan } from '../../test-session/plan/read.ts';
import type { Fault, Plan } from '../../test-session/plan/types.ts';
import { chunksOf, type Rebuilt } from '../../test-session/rebuild.ts';
import type { TestSession } from '../../test-session/session.ts';
import { nameOf } from '../repositories.ts';
import type { Panel } from '../store.ts';
import { createStreamReader } from '../streams.ts';
import { createJudging, type Judging } from './judging.ts';
import { allRecordings, rebuilt } from './open.ts';

export interface TestsState {
  plan: string;
  faults: Fault[];
  /** Null while the plan has faults or there is none. */
  results: Result[] | null;
  recordings: Recording[];
  /** Of those, two to be compared. */
  chosen: string[];
  comparison: Comparison | null;
  /** What is going on with a file. */
  working: { what: string; done: number; of: number } | null;
  /** What was skipped in the file that was read last. */
  skipped: { name: string; count: number; problems: Problem[] } | null;
  problem: string | null;
}

export interface Tests {
  readonly state: StoreApi<TestsState>;
  write(plan: string): void;
  /** Looks at what has come, and judges it. */
  look(): void;
  refresh(): Promise<void>;
  start(name: string, stepsByPage: boolean): Promise<void>;
  stop(): Promise<void>;
  mark(what: 'step' | 'note' | 'pause' | 'resume', text: string): Promise<void>;
  change(id: string, fields: Partial<Pick<Recording, 'name' | 'pinned'>>): Promise<void>;
  remove(id: string): Promise<void>;
  choose(id: string, isChosen: boolean): void;
  compare(): Promise<void>;
  closeComparison(): void;
  read(files: readonly File[]): Promise<void>;
  /** A recording as it is kept; the one that this panel shows where it shows one. */
  session(id: string): Promise<Rebuilt>;
  /** Writes a file of a session that is about to leave. */
  save(session: TestSession, format: Format, keep: boolean, name: string): Promise<void>;
  dismiss(): void;
}

const PLAN = 'plan';
/** Milliseconds between two looks at what has come. */
const LOOK_EVERY = 250;
const PART = 1_000_000;

const made = new WeakMap<Panel, Tests>();

/** One for each panel. */
export function testsOf(panel: Panel): Tests {
  const known = made.get(panel) ?? createTests(panel, allRecordings());
  made.set(panel, known);
  return known;
}

const pause = () => new Promise<void>(resolve => setTimeout(resolve));

function createTests(panel: Panel, store: RecordingStore): Tests {
  const state = createStore<TestsState>(() => ({
    plan: '',
    faults: [],
    results: null,
    recordings: [],
    chosen: [],
    comparison: null,
    working: null,
    skipped: null,
    problem: null,
  }));
  let judging: Judging | null = null;
  let plan: Plan | null = null;
  let looking = false;

  /** Says what went wrong where a job fails. */
  async function attempt(job: () => Promise<void>): Promise<void> {
    try {
      await job();
    } catch (error) {
      state.setState({ problem: error instanceof Error ? error.message : String(error) });
    } finally {
      state.setState({ working: null });
    }
  }

  function read(text: string): void {
    const { plan: found, faults } = text.trim() === '' ? { plan: null, faults: [] } : readPlan(text);
    plan = found;
    judging = found && createJudging(found, panel);
    state.setState({ plan: text, faults, results: judging?.results() ?? null });
  }

  function look(): void {
    if (looking || !judging) return;
    looking = true;
    setTimeout(() => {
      looking = false;
      state.setState({ results: judging?.results() ?? null });
    }, LOOK_EVERY);
  }
  panel.state.subscribe((now, before) => {
    if (now.revision !== before.revision || now.recording !== before.recording) look();
    if (now.recording?.id !== before.recording?.id) void refresh();
  });

  async function refresh(): Promise<void> {
    await attempt(async () => {
      const recordings = await store.list();
      state.setState(old => ({ recordings, chosen: old.chosen.filter(id => recordings.some(one => one.id === id)) }));
    });
  }

  async function importOne(file: File): Promise<void> {
    const working = (done: number) => state.setState({ working: { what: file.name, done, of: file.size } });
    working(0);
    const imported = await importFile(file.stream(), { name: file.name, onProgress: working, pause });
    const { session, problems, skipped } = imported;
    if (imported.kind !== 'inspector') await explainAll(session);
    const times = session.records.map(({ time }) => Date.parse(time)).filter(time => !Number.isNaN(time));
    const started = times.reduce((least, time) => Math.min(least, time), Date.now());
    const recording: Recording = {
      id: crypto.randomUUID(),
      name: session.header.test?.name ?? file.name,
      started,
      ended: times.reduce((most, time) => Math.max(most, time), started),
      how: 'imported',
      pinned: false,
      size: 0,
      extension: session.header.extension,
      browser: session.header.browser,
      repositories: [],
      overrides: session.header.overrides,
    };
    await store.put(recording);
    for (const chunk of chunksOf(session)) await store.append(recording.id, [chunk]);
    if (skipped > 0) state.setState({ skipped: { name: file.name, count: skipped, problems } });
  }

  /** Events of the apps are explained by the stream configs of their own wiki. */
  async function explainAll(session: TestSession): Promise<void> {
    const reader = createStreamReader(panel.ask);
    const loads = new Map(loadsOf(session).map(load => [load.load, load]));
    for (const record of session.records) {
      const load = loads.get(record.page.load);
      if (!load || record.stream === null || record.client === 'unknown') continue;
      const { configs } = await reader.of(load);
      if (configs) explainSampling(record, configs[record.stream]);
    }
  }

  void browser.storage.local.get(PLAN).then(({ [PLAN]: kept }) => {
    if (state.getState().plan === '' && typeof kept === 'string') read(kept);
  });
  void refresh();

  return {
    state,
    write(text) {
      read(text);
      void browser.storage.local.set({ [PLAN]: text });
    },
    look,
    refresh,
    start: (name, stepsByPage) =>
      attempt(async () => {
        const repositories = panel.state.getState().repositories.map(({ source }) => nameOf(source));
        await panel.ask('recording.start', { tab: panel.tab, name, stepsByPage, repositories });
      }),
    stop: () =>
      attempt(async () => {
        await panel.ask('recording.stop', { tab: panel.tab });
        await refresh();
      }),
    mark: (what, text) => attempt(async () => void (await panel.ask('recording.mark', { tab: panel.tab, what, text }))),
    change: (id, fields) =>
      attempt(async () => {
        const recording = await store.get(id);
        if (recording) await store.put({ ...recording, ...fields });
        await refresh();
      }),
    remove: id =>
      attempt(async () => {
        await store.remove(id);
        await refresh();
      }),
    choose: (id, isChosen) =>
      state.setState(old => ({
        chosen: isChosen ? [...old.chosen, id].slice(-2) : old.chosen.filter(one => one !== id),
      })),
    compare: () =>
      attempt(async () => {
        const { chosen, recordings } = state.getState();
        // The older one first, whatever was clicked first.
        const [after, before] = recordings.filter(({ id }) => chosen.includes(id));
        if (!before || !after) return;
        const [one, other] = [await rebuilt(store, before.id), await rebuilt(store, after.id)];
        const of = one.session.records.length + other.session.records.length;
        const onProgress = (done: number) => state.setState({ working: { what: after.name, done, of } });
        state.setState({ comparison: await compareSessions(one.session, other.session, { pause, onProgress }) });
      }),
    closeComparison: () => state.setState({ comparison: null }),
    read: files =>
      attempt(async () => {
        state.setState({ skipped: null });
        for (const file of files) await importOne(file);
        await refresh();
      }),
    session: id => rebuilt(store, id),
    save: (session, format, keep, name) =>
      attempt(async () => {
        const results = plan && judgeSession(plan, session);
        const of = session.records.length;
        const parts: Blob[] = [];
        let part: string[] = [];
        let size = 0;
        let lines = 0;
        for (const chunk of exportSession(session, format, { keep, results }).chunks) {
          part.push(chunk);
          size += chunk.length;
          lines++;
          if (size < PART) continue;
          parts.push(new Blob(part));
          [part, size] = [[], 0];
          state.setState({ working: { what: name, done: Math.min(lines, of), of } });
          await pause();
        }
        download(new Blob([...parts, ...part]), name);
      }),
    dismiss: () => state.setState({ problem: null, skipped: null }),
  };
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
