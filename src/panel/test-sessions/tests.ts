/** The state of the view of test sessions: plan, results, recordings, files. It outlives a change of views. */

import browser from 'webextension-polyfill';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Recording, type RecordingStore } from '../../recording/types.ts';
import { compareSessions } from '../../test-session/compare/compare.ts';
import type { Comparison } from '../../test-session/compare/types.ts';
import { CSV_COLUMNS } from '../../test-session/files/csv.ts';
import type { Format } from '../../test-session/files/export.ts';
import type { Problem } from '../../test-session/files/collect.ts';
import { type Redaction, redactionOf } from '../../test-session/files/redact.ts';
import { judging as judgingOf } from '../../test-session/judge/session.ts';
import type { Result } from '../../test-session/judge/types.ts';
import { readPlan } from '../../test-session/plan/read.ts';
import type { Fault, Plan } from '../../test-session/plan/types.ts';
import type { Rebuilt } from '../../test-session/rebuild.ts';
import { createRecordLog } from '../../test-session/record-log.ts';
import { inSlices } from '../../test-session/slices.ts';
import { t } from '../i18n.ts';
import { nameOf } from '../repositories.ts';
import type { Panel } from '../store.ts';
import { createJudging, type Judging, type Stopped } from './judging.ts';
import { download, type OnProgress, takeIn, writtenOut } from './moving.ts';
import { allRecordings, rebuilt } from './open.ts';
import { pause } from './pause.ts';

export interface TestsState {
  plan: string;
  faults: Fault[];
  /** Null while the plan has faults or there is none. */
  results: Result[] | null;
  recordings: Recording[];
  /** Of those, two to be compared. */
  chosen: string[];
  /** With the names of the two. */
  comparison: (Comparison & { before: string; after: string }) | null;
  /** What is going on with a file. */
  working: { what: string; done: number; of: number } | null;
  /** What was skipped in the file that was read last. */
  skipped: { name: string; count: number; problems: Problem[] } | null;
  problem: string | null;
  /** Of a table. */
  columns: readonly string[];
}

export interface LeavingFile {
  format: Format;
  name: string;
  redaction: Redaction;
  /** Of CSV. */
  columns: readonly string[];
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
  /** A recording with its verdicts and findings. */
  session(id: string, name: string): Promise<Rebuilt>;
  /** What is to be replaced in it. */
  redaction(recording: Rebuilt): Promise<Redaction>;
  /** What the plan says of it; null where there is no plan. */
  results(recording: Rebuilt): Promise<Result[] | null>;
  /** Writes a file of it, with the results of the plan in reports. */
  save(recording: Rebuilt, leaving: LeavingFile): Promise<void>;
  /** Chooses the columns of tables. */
  columns(columns: readonly string[]): void;
  dismiss(): void;
}

const PLAN = 'plan';
/** Milliseconds between two looks at what has come. */
const LOOK_EVERY = 250;
/** How many times as long as results took nobody looks again. */
const REST = 4;
/** Milliseconds between two tellings of how far a job has come. */
const TELL_EVERY = 80;
/** Recordings that are kept opened: two are compared. */
const MOST_OPEN = 2;

const made = new WeakMap<Panel, Tests>();

/** One for each panel. */
export function testsOf(panel: Panel): Tests {
  const known = made.get(panel) ?? createTests(panel, allRecordings());
  made.set(panel, known);
  return known;
}

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
    columns: CSV_COLUMNS,
  }));
  let judging: Judging | null = null;
  let plan: Plan | null = null;
  const stopped: Stopped = { last: null };
  let looking = false;
  /** Something came while it looked. */
  let isDue = false;
  const kept = new Map<string, Promise<Rebuilt>>();

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
    judging = found && createJudging(found, panel, stopped);
    judging?.take();
    state.setState({ plan: text, faults, results: judging?.results() ?? null });
    look();
  }

  function look(): void {
    isDue = looking;
    if (looking || !judging) return;
    looking = true;
    setTimeout(take, LOOK_EVERY);
  }

  /** Takes what has come in slices. The more records, the longer their results take: the panel gets its time between. */
  function take(): void {
    if (judging?.take() === false) return void setTimeout(take);
    const began = performance.now();
    state.setState({ results: judging?.results() ?? null });
    setTimeout(
      () => {
        looking = false;
        if (isDue) look();
      },
      (performance.now() - began) * REST,
    );
  }

  panel.state.subscribe((now, before) => {
    if (now.recording) stopped.last = null;
    else if (before.recording) stopped.last = { recording: before.recording, at: Date.now() };
    if (now.revision !== before.revision || now.recording !== before.recording) look();
    if (now.recording?.id !== before.recording?.id) void refresh();
  });

  async function refresh(): Promise<void> {
    await attempt(async () => {
      const recordings = await store.list();
      state.setState(old => ({ recordings, chosen: old.chosen.filter(id => recordings.some(one => one.id === id)) }));
    });
  }

  /** How far a job has come; told so often that it is seen to go on. */
  function progressOf(what: string): OnProgress {
    let since = 0;
    return (done, of) => {
      if (performance.now() - since < TELL_EVERY) return;
      since = performance.now();
      state.setState({ working: { what, done, of } });
    };
  }

  /** A recording with its verdicts and findings. Those that are opened last stay opened: reading them takes long. */
  function opened(id: string, name: string): Promise<Rebuilt> {
    const before = kept.get(id);
    if (before) return before;
    const opening = open(id, name);
    opening.catch(() => kept.delete(id));
    const isOver = state.getState().recordings.some(one => one.id === id && one.ended !== null);
    if (isOver) kept.set(id, opening);
    for (const [other] of kept) if (kept.size > MOST_OPEN) kept.delete(other);
    return opening;
  }

  async function open(id: string, name: string): Promise<Rebuilt> {
    const onProgress = progressOf(name);
    const all = await rebuilt(store, id, onProgress);
    // What comes from a file of ours is judged already, and there is no need for a log.
    if (all.session.records.every(({ verdict }) => verdict.verdict !== 'pending')) return all;
    const log = await inSlices(createRecordLog(all.session.records, all.loads), pause);
    const of = log.pending().length;
    let done = 0;
    await panel.judge(log, () => onProgress(++done, of));
    return all;
  }

  /** One recording by one plan at a time. */
  let judged: { recording: Rebuilt; by: Plan; results: Promise<Result[]> } | null = null;

  async function results(recording: Rebuilt): Promise<Result[] | null> {
    if (!plan) return null;
    if (judged?.recording !== recording || judged.by !== plan) {
      const { session, loads } = recording;
      judged = { recording, by: plan, results: inSlices(judgingOf(plan, session, loads), pause) };
    }
    return judged.results;
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
        const onProgress = progressOf(t('testsCompare'));
        const [one, other] = [await opened(before.id, before.name), await opened(after.id, after.name)];
        const of = one.session.records.length + other.session.records.length;
        const comparison = await compareSessions(one.session, other.session, {
          pause,
          onProgress: done => onProgress(done, of),
        });
        state.setState({ comparison: { ...comparison, before: before.name, after: after.name } });
      }),
    closeComparison: () => state.setState({ comparison: null }),
    read: files =>
      attempt(async () => {
        state.setState({ skipped: null });
        for (const file of files) {
          const { skipped, problems } = await takeIn(file, store, panel, progressOf(file.name));
          if (skipped > 0) state.setState({ skipped: { name: file.name, count: skipped, problems } });
        }
        await refresh();
      }),
    session: (id, name) => opened(id, name).finally(() => state.setState({ working: null })),
    async redaction({ session }) {
      const onProgress = progressOf(t('testsPreview'));
      const found = await inSlices(redactionOf(session), pause, done => onProgress(done, session.records.length));
      state.setState({ working: null });
      return found;
    },
    results,
    save: (recording, { format, name, redaction, columns }) =>
      attempt(async () => {
        const { session } = recording;
        const options = { redaction, results: await results(recording), columns };
        download(await writtenOut(session, format, options, progressOf(name)), name);
      }),
    columns: columns => state.setState({ columns }),
    dismiss: () => state.setState({ problem: null, skipped: null }),
  };
}
