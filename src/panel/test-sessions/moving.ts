/** Files of test sessions, in and out, in slices: the panel goes on, whatever their size. */

import type { Recording, RecordingStore } from '../../recording/types.ts';
import { explainSampling } from '../../test-session/app-sampling.ts';
import { exportSession, type ExportOptions, type Format } from '../../test-session/files/export.ts';
import type { Imported } from '../../test-session/files/collect.ts';
import { importFile } from '../../test-session/files/import.ts';
import { loading } from '../../test-session/loads.ts';
import { chunksOf } from '../../test-session/rebuild.ts';
import type { TestSession } from '../../test-session/session.ts';
import { inSlices } from '../../test-session/slices.ts';
import type { Panel } from '../store.ts';
import { pause } from './pause.ts';

/** Told how much is done, of how much, of any unit. */
export type OnProgress = (done: number, of: number) => void;

/**
 * Keeps a file as a recording.
 * @throws ImportError where it is none that can be read
 */
export async function takeIn(
  file: File,
  store: RecordingStore,
  panel: Panel,
  onProgress: OnProgress,
): Promise<Imported> {
  // Reading is about half of it, keeping the other half.
  const imported = await importFile(file.stream(), {
    name: file.name,
    onProgress: bytes => onProgress(bytes, file.size * 2),
    pause,
  });
  const { session } = imported;
  if (imported.kind !== 'inspector') await explainAll(session, panel);
  const recording = await inSlices(recordingOf(session, file.name), pause);
  await store.put(recording);
  const { length } = session.records;
  let kept = 0;
  try {
    // While one piece is written the next is made ready: half of the time is the other process's.
    let writing = Promise.resolve();
    for (const chunk of chunksOf(session)) {
      const before = writing;
      writing = store.append(recording.id, [chunk]);
      // Where it fails, that is told when it is waited for.
      writing.catch(() => undefined);
      await before;
      kept += chunk.kind === 'lines' ? chunk.lines.length : 0;
      onProgress(length + kept, length * 2);
    }
    await writing;
  } catch (error) {
    // A part of a file is no recording of anything.
    await store.remove(recording.id);
    throw error;
  }
  return imported;
}

function* recordingOf({ header, records }: TestSession, name: string): Generator<number, Recording> {
  let [started, ended] = [Infinity, -Infinity];
  for (const [index, { time }] of records.entries()) {
    if (index % AT_ONCE === 0) yield index;
    const at = Date.parse(time);
    if (Number.isNaN(at)) continue;
    started = Math.min(started, at);
    ended = Math.max(ended, at);
  }
  if (started === Infinity) started = ended = Date.now();
  return {
    id: crypto.randomUUID(),
    name: header.test?.name ?? name,
    started,
    ended,
    how: 'imported',
    pinned: false,
    size: 0,
    extension: header.extension,
    browser: header.browser,
    repositories: header.environment?.repositories ?? [],
    overrides: header.overrides,
  };
}

const AT_ONCE = 500;

/** Events of the apps are explained by the stream configs of their own wiki. */
async function explainAll({ records, holes }: TestSession, panel: Panel): Promise<void> {
  const all = await inSlices(loading({ records, holes }), pause);
  const loads = new Map(all.map(load => [load.load, load]));
  for (const [index, record] of records.entries()) {
    if (index % AT_ONCE === 0) await pause();
    const load = loads.get(record.page.load);
    if (!load || record.stream === null || record.client === 'unknown') continue;
    const { configs } = await panel.configs(load);
    if (configs) explainSampling(record, configs[record.stream]);
  }
}

const PART = 1_000_000;

/** The file's text, in parts that need not be in memory all at once. */
export async function writtenOut(
  session: TestSession,
  format: Format,
  options: ExportOptions,
  onProgress: OnProgress,
): Promise<Blob> {
  const parts: Blob[] = [];
  const { length } = session.records;
  let done = 0;
  function* write() {
    let part: string[] = [];
    let size = 0;
    for (const text of exportSession(session, format, { ...options, onProgress: count => (done = count) })) {
      part.push(text);
      size += text.length;
      if (size >= PART) {
        parts.push(new Blob(part));
        [part, size] = [[], 0];
      }
      yield;
    }
    parts.push(new Blob(part));
  }
  await inSlices(write(), pause, () => onProgress(done, length));
  return new Blob(parts);
}

/** How a file begins: what is shown of it before it is written. */
export async function beginningOf(
  session: TestSession,
  format: Format,
  options: ExportOptions,
  characters: number,
): Promise<string> {
  function* begin() {
    let text = '';
    for (const piece of exportSession(session, format, options)) {
      text += piece;
      if (text.length >= characters) break;
      yield;
    }
    return text.slice(0, characters);
  }
  return inSlices(begin(), pause);
}

export function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
