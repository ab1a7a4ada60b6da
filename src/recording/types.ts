/** Test sessions as they are kept: what was noted, append only. The log makes records of it when it is read. */

import type { Envelope, Note } from '../record/facts.ts';
import type { JsonObject, Line, Mark } from '../record/record.ts';

/** `interrupted`: nobody saw its end. `full`: there was no room for more. */
export type Ended = 'stopped' | 'full' | 'interrupted' | 'imported';

export interface Recording {
  id: string;
  name: string;
  /** Milliseconds since the epoch. */
  started: number;
  ended: number | null;
  how: Ended | null;
  /** Kept until it is deleted. */
  pinned: boolean;
  /** Characters of what is kept. */
  size: number;
  extension: string;
  browser: string;
  repositories: string[];
  overrides: JsonObject[];
}

/** In the order in which they came. */
export type Chunk =
  | { kind: 'facts'; tab: number; envelope: Envelope }
  | { kind: 'notes'; tab: number; notes: Note[] }
  | { kind: 'mark'; mark: Mark }
  /** Of an imported file. */
  | { kind: 'lines'; lines: Line[] };

export interface RecordingStore {
  put(recording: Recording): Promise<void>;
  /** Resolves when all of them are kept; rejects where one is not, and then none is. Adds their size. */
  append(id: string, chunks: readonly Chunk[]): Promise<void>;
  get(id: string): Promise<Recording | null>;
  /** Newest first. */
  list(): Promise<Recording[]>;
  /** Its chunks in order, some at a time: others can run in between. */
  read(id: string): AsyncIterable<Chunk[]>;
  remove(id: string): Promise<void>;
}

/** What the panel and the popup are told of the recording in a tab. */
export interface RecordingStatus {
  id: string;
  name: string;
  started: number;
  paused: boolean;
  /** Kept in memory only: the tab is in a private window. */
  private: boolean;
  steps: { time: string; text: string }[];
  /** Why it has ended, where it did so by itself. */
  problem: string | null;
}

/** Days that a recording is kept for, unless it is pinned. */
export const KEPT_DAYS = 30;
