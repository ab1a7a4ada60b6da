/** What a check is. A check knows no browser, no view and no file: a subject in, findings out. */

import type { JsonObject, Finding, Record } from '../record/record.ts';

/** A value somewhere in an event: `key` is the name of its nearest property, `path` its JSON Pointer. */
export interface Leaf {
  path: string;
  key: string;
  value: string | number | boolean | null;
}

/** What the page of a record knew, as far as checks ask. Absent where it is not known. */
export interface Page {
  /** The wiki's database name. */
  wiki?: string | undefined;
  instruments?: JsonObject | undefined;
  experiments?: JsonObject | undefined;
}

/** One record with an event, and what is known around it. */
export interface Subject {
  record: Record;
  event: JsonObject;
  /** The event's `$schema`; empty where it has none. */
  uri: string;
  /** The title of that schema; empty where it has none. */
  title: string;
  /** The intake's config of the event's stream; null where it is not known. */
  config: JsonObject | null;
  /** The event's schema, without `$ref`s; null where it is not known. */
  schema: JsonObject | null;
  /** The newest version of that schema that a repository has; null where it is not known. */
  newest: string | null;
  page: Page;
  /** The event as it was at the call, where the log kept it beside the one that was sent. */
  atCall: JsonObject | null;
  /** The event is as the intake's validator got it: the intake's own fields are filled in. */
  asReceived: boolean;
  /** The time now and of the call, in milliseconds since the epoch; of the call null where it is not known. */
  now: number;
  at: number | null;
  /** All values of the event that hold no others. */
  leaves: readonly Leaf[];
}

/** What a check found in a record; the registry adds the check's name and severity. */
export interface Found {
  message: string;
  /** JSON Pointer into the event; null where it is about the call, the stream or the page. */
  path: string | null;
}

export type Look = (subject: Subject) => Found[];

interface Description {
  name: string;
  severity: Finding['severity'];
  /** What it finds, in one sentence. */
  what: string;
  /** Why that matters, in one sentence. */
  why: string;
  /** The convention's source. */
  source: string;
}

export type Check = Description &
  (
    | { look: Look }
    /** It remembers earlier records: of the page load, or of all. `begin` gives it a new memory. */
    | { memory: 'page-load' | 'all'; begin(): Look }
  );

export const NOTHING: Found[] = [];
