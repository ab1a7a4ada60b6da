/** What was noted of a test session as records again, by the same log that makes them while they come. */

import { createLog } from '../log/log.ts';
import type { Log, PageLoad } from '../log/types.ts';
import { hash } from '../record/hash.ts';
import type { Environment, Header, Hole, Mark, Record } from '../record/record.ts';
import type { Chunk, Recording } from '../recording/types.ts';
import { loadsOf } from './loads.ts';
import { blankHeader, pauseFinder, type TestSession } from './session.ts';

export interface Rebuilt {
  session: TestSession;
  loads: PageLoad[];
}

const byTime = (one: { time: string }, other: { time: string }) =>
  one.time < other.time ? -1 : one.time > other.time ? 1 : 0;

/**
 * Each tab has a log of its own: a page in one replaces none in another. Records from before the start, after the end
 * and within pauses are left out.
 */
export function rebuild(recording: Recording, chunks: readonly Chunk[]): Rebuilt {
  const lines = chunks.flatMap(chunk => (chunk.kind === 'lines' ? chunk.lines : []));
  if (lines.length > 0) return imported(recording, lines);
  const logs = new Map<number, Log>();
  const marks: Mark[] = [];
  for (const chunk of chunks) {
    if (chunk.kind === 'mark') marks.push(chunk.mark);
    if (chunk.kind !== 'facts' && chunk.kind !== 'notes') continue;
    const log = logs.get(chunk.tab) ?? createLog();
    logs.set(chunk.tab, log);
    if (chunk.kind === 'facts') log.ingest(chunk.envelope);
    else for (const note of chunk.notes) log.note(note);
  }
  marks.sort(byTime);
  const ended = recording.ended ?? Infinity;
  const isPaused = pauseFinder(marks);
  const isWithin = ({ time }: Record) => {
    const at = Date.parse(time);
    return at >= recording.started && at <= ended && !isPaused(time);
  };
  const all = [...logs.values()];
  for (const log of all) {
    log.settle(0);
    log.settle(60_000);
  }
  const records = all.flatMap(log => log.records.filter(isWithin));
  records.sort(byTime);
  const loads = all.flatMap(({ loads: own }) => own).sort((a, b) => a.began - b.began);
  const holes = loads.flatMap(load => load.holes.filter(({ reason }) => reason !== 'before-devtools'));
  const session = { header: headerOf(recording, loads), records, holes, marks };
  return { session, loads };
}

function imported(recording: Recording, lines: Extract<Chunk, { kind: 'lines' }>['lines']): Rebuilt {
  const session: TestSession = { header: blankHeader(), records: [], holes: [], marks: [] };
  for (const line of lines) {
    if (line.type === 'header') session.header = line;
    else if (line.type === 'record') session.records.push(line);
    else if (line.type === 'hole') session.holes.push(line satisfies Hole);
    else session.marks.push(line);
  }
  const { test } = session.header;
  session.header = { ...session.header, ...(test && { test: { ...test, name: recording.name } }) };
  return { session, loads: loadsOf(session) };
}

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

/** An imported file as what is kept of it: in pieces, so that none is too large to be written. */
export function chunksOf({ header, records, holes, marks }: TestSession): Chunk[] {
  const lines = [header, ...marks, ...records, ...holes];
  const chunks: Chunk[] = [];
  for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
    chunks.push({ kind: 'lines', lines: lines.slice(from, from + LINES_AT_ONCE) });
  }
  return chunks;
}

const LINES_AT_ONCE = 2_000;
