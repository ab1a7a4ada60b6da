import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Muted } from '../../checks/mute.ts';
import { DEFAULT_LIMIT } from '../../log/limit.ts';
import type { Limit } from '../../log/types.ts';
import type { Fault } from '../../log/query/syntax.ts';
import type { Override } from '../../record/override.ts';
import type { RecordingStatus } from '../../recording/types.ts';
import type { ConnectionState } from '../connection.ts';
import { BLANK, type Draft } from '../overrides/draft.ts';
import { type Dataset, NO_DATASET } from '../drafts/dataset.ts';
import type { RepositoryStatus } from '../repositories.ts';

export const VIEWS = [
  'overview',
  'events',
  'timeline',
  'sampling',
  'experiments',
  'identifiers',
  'overrides',
  'catalogue',
  'sessions',
  'tests',
  'drafts',
  'settings',
] as const;
export type View = (typeof VIEWS)[number];

/** What the events list can tell of a call, each in a column. */
export const COLUMNS = [
  'time',
  'load',
  'client',
  'call',
  'subject',
  'action',
  'decision',
  'delivery',
  'verdict',
  'checks',
  'mark',
] as const;
export type Column = (typeof COLUMNS)[number];
/** Where the client has no column of its own, it stands beside its call. */
const FIRST_COLUMNS = COLUMNS.filter(column => column !== 'load' && column !== 'client');

export interface Find {
  /** As the user wrote it. */
  text: string;
  faults: Fault[];
  /** Whether what is not found stays in sight, and what is found is marked. */
  marks: boolean;
  /** How many records are found. */
  found: number;
  /** Whether the lists still show what was looked for before. */
  seeking: boolean;
}

/** A query under a name. */
export interface Saved {
  name: string;
  text: string;
}

/** What the extension may do with the page of this tab. `unknown`: not asked yet, or the page has no origin to ask for. */
export interface Host {
  origin: string | null;
  state: 'granted' | 'missing' | 'unknown';
}

export interface PanelState {
  view: View;
  connection: ConnectionState;
  /** Goes up by one whenever the log shows something else; the log itself is not copied. */
  revision: number;
  /** `refused`: accepted by the client, and the intake would refuse them. */
  counts: { records: number; dropped: number; refused: number };
  /** The id of the record under the cursor. */
  selected: string | null;
  /** Whether its details are open. */
  open: boolean;
  /** Goes up whenever the user enters the details by keyboard. */
  entered: number;
  /** Goes up when the selected record changed. */
  selectedRevision: number;
  /** In force for this tab, as the background says; never what a page says. */
  override: Override | null;
  /** An override is on its way to the background. */
  overriding: boolean;
  /** When the rules in force came into force, as far as this panel saw it; milliseconds since the epoch. */
  since: number;
  /** How long after its last change an override lasts, in milliseconds. */
  lasts: number;
  /** The rule that is being written. */
  draft: Draft;
  /** What a file with the rules in force would say of itself. */
  label: { name: string; note: string };
  /** The test session that the tab is recorded for. */
  recording: RecordingStatus | null;
  host: Host;
  repositories: RepositoryStatus[];
  /** Checks of which nobody wants to hear, by stream. */
  muted: Muted;
  /** The dataset that is being drafted. */
  dataset: Dataset;
  /** What is looked for, in all lists. */
  find: Find;
  /** Queries that the user has kept. */
  saved: Saved[];
  /** The columns of the events list, in their order. */
  columns: Column[];
  /** Whether the list stands still; and how many records have come since. */
  paused: boolean;
  held: number;
  /** Whether the log outlives its page. */
  preserve: boolean;
  /** How many records were cleared and can come back. */
  cleared: number;
  limit: Limit;
  /** What went wrong last, in words, until it is dismissed. */
  problem: string | null;
}

/** How long an override lasts. */
export const OVERRIDE_LASTS = 60 * 60_000;

export type State = StoreApi<PanelState>;

export function createState(): State {
  return createStore<PanelState>(() => ({
    view: 'overview',
    connection: 'connecting',
    revision: 0,
    counts: { records: 0, dropped: 0, refused: 0 },
    selected: null,
    open: false,
    entered: 0,
    selectedRevision: 0,
    override: null,
    overriding: false,
    since: 0,
    lasts: OVERRIDE_LASTS,
    draft: BLANK,
    label: { name: '', note: '' },
    recording: null,
    host: { origin: null, state: 'unknown' },
    repositories: [],
    muted: {},
    dataset: NO_DATASET,
    find: { text: '', faults: [], marks: false, found: 0, seeking: false },
    saved: [],
    columns: FIRST_COLUMNS,
    paused: false,
    held: 0,
    preserve: true,
    cleared: 0,
    limit: DEFAULT_LIMIT,
    problem: null,
  }));
}

/** Says what went wrong, until it is dismissed. */
export function failed(state: State, error: unknown): void {
  state.setState({ problem: error instanceof Error ? error.message : String(error) });
}
