/** What was noted of a test session as records again, by the same log that makes them while they come. */

import { createLog } from '../log/log.ts';
import type { Log, PageLoad } from '../log/types.ts';
import { hash } from '../record/hash.ts';
import type { Environment, Header, Hole, Line, Mark, Record } from '../record/record.ts';
import type { Chunk, Recording } from '../recording/types.ts';
import { loading } from './loads.ts';
import { blankHeader, pauseFinder, type TestSession } from './session.ts';
import { finish } from './slices.ts';

export interface Rebuilt {
  session: TestSession;
  loads: PageLoad[];
}

const byTime = (one: { time: string }, other: { time: string }) =>
  one.time < other.time ? -1 : one.time > other.time ? 1 : 0;

export interface Rebuilding {
  take(chunk: Chunk): void;
  /** Nothing more will come. In slices: yields how many records it has put in their place. */
  done(): Generator<number, Rebuilt>;
}

/**
 * Each tab has a log of its own: a page in one replaces none in another. Records from before the start, after the end
 * and within pauses are left out.
 */
export function createRebuilding(recording: Recording): Rebuilding {
  const logs = new Map<number, Log>();
  const marks: Mark[] = [];
  let imported: TestSession | null = null;

  const logOf = (tab: number): Log => {
    const log = logs.get(tab) ?? createLog();
    logs.set(tab, log);
    return log;
  };

  return {
    take(chunk) {
      if (chunk.kind === 'lines') takeLines((imported ??= emptySession()), chunk.lines);
      else if (chunk.kind === 'mark') marks.push(chunk.mark);
      else if (chunk.kind === 'facts') logOf(chunk.tab).ingest(chunk.envelope);
      else for (const note of chunk.notes) logOf(chunk.tab).note(note);
    },
    done: () => (imported ? named(imported, recording.name) : recorded(recording, [...logs.values()], marks)),
  };
}

export function rebuild(recording: Recording, chunks: readonly Chunk[]): Rebuilt {
  const rebuilding = createRebuilding(recording);
  chunks.forEach(rebuilding.take);
  return finish(rebuilding.done());
}

const AT_ONCE = 500;

function* recorded(recording: Recording, logs: Log[], marks: Mark[]): Generator<number, Rebuilt> {
  marks.sort(byTime);
  const ended = recording.ended ?? Infinity;
  const isPaused = pauseFinder(marks);
  const records: Record[] = [];
  let seen = 0;
  for (const log of logs) {
    log.settle(0);
    log.settle(60_000);
    for (const record of log.records) {
      if (seen++ % AT_ONCE === 0) yield seen;
      const at = Date.parse(record.time);
      if (at >= recording.started && at <= ended && !isPaused(record.time)) records.push(record);
    }
  }
  records.sort(byTime);
  const loads = logs.flatMap(({ loads: own }) => own).sort((a, b) => a.began - b.began);
  const holes = loads.flatMap(load => load.holes.filter(({ reason }) => reason !== 'before-devtools'));
  return { session: { header: headerOf(recording, loads), records, holes, marks }, loads };
}

function takeLines(session: TestSession, lines: readonly Line[]): void {
  for (const line of lines) {
    if (line.type === 'header') session.header = line;
    else if (line.type === 'record') session.records.push(line);
    else if (line.type === 'hole') session.holes.push(line satisfies Hole);
    else session.marks.push(line);
  }
}

function* named(session: TestSession, name: string): Generator<number, Rebuilt> {
  const { test } = session.header;
  session.header = { ...session.header, ...(test && { test: { ...test, name } }) };
  return { session, loads: yield* loading(session) };
}

const emptySession = (): TestSession => ({ header: blankHeader(), records: [], holes: [], marks: [] });

const iso = (time: number) => new Date(time).toISOString();

/** What it was recorded under, as the newest page of a top frame that told it. */
export function headerOf(recording: Recording, loads: readonly PageLoad[]): Header {
  const { name, started, ended, extension, browser, overrides, repositories } = recording;
  const context = loads.findLast(load => load.frame === 0 && load.context)?.context ?? null;
  const environment: Environment = {
    user: context?.user ?? null,
    language: context?.language ?? null,
    mediawiki: context?.mediawiki ?? null,
    streamConfigs: context?.streams === undefined ? null : hash(JSON.stringify(context.streams)),
    repositories,
  };
  return {
    type: 'header',
    format: 1,
    time: iso(ended ?? started),
    extension,
    browser,
    wiki: context?.wiki ?? null,
    skin: context?.skin ?? null,
    overrides,
    test: { name, started: iso(started), ended: ended === null ? null : iso(ended) },
    environment,
  };
}

/** An imported file as what is kept of it: in pieces that are each written without being noticed. */
export function* chunksOf({ header, records, holes, marks }: TestSession): Generator<Chunk> {
  yield { kind: 'lines', lines: [header, ...marks, ...holes] };
  for (let from = 0; from < records.length; from += LINES_AT_ONCE) {
    yield { kind: 'lines', lines: records.slice(from, from + LINES_AT_ONCE) };
  }
}

const LINES_AT_ONCE = 200;
