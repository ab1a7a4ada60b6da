import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Muted } from '../../checks/mute.ts';
import type { Override } from '../../record/override.ts';
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
  'drafts',
  'settings',
] as const;
export type View = (typeof VIEWS)[number];

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
  host: Host;
  repositories: RepositoryStatus[];
  /** Checks of which nobody wants to hear, by stream. */
  muted: Muted;
  /** The dataset that is being drafted. */
  dataset: Dataset;
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
    host: { origin: null, state: 'unknown' },
    repositories: [],
    muted: {},
    dataset: NO_DATASET,
    problem: null,
  }));
}

/** Says what went wrong, until it is dismissed. */
export function failed(state: State, error: unknown): void {
  state.setState({ problem: error instanceof Error ? error.message : String(error) });
}
