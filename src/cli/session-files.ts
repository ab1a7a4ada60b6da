/** Plans, recordings and reports as the command line names them. */

import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Header, Hole, Line, Mark } from '../record/record.ts';
import { type ExportOptions, exportSession, type Format, FORMATS, formatOf } from '../test-session/files/export.ts';
import type { Imported } from '../test-session/files/collect.ts';
import { ImportError, importFile } from '../test-session/files/import.ts';
import { KEEP_ALL, type Redaction, redactionOf } from '../test-session/files/redact.ts';
import type { Result } from '../test-session/judge/types.ts';
import { readPlan } from '../test-session/plan/read.ts';
import type { Plan } from '../test-session/plan/types.ts';
import { blankHeader, type TestSession } from '../test-session/session.ts';
import { finish } from '../test-session/slices.ts';
import { CommandError, EXIT, messageOf, say, usage } from './command.ts';
import { fromHere } from './repositories.ts';
import { textTable } from './text-table.ts';

/** @throws bad usage, which names each fault at its line */
export function planFile(path: string): Plan {
  let text: string;
  try {
    text = readFileSync(fromHere(path), 'utf8');
  } catch (error) {
    throw usage(`--plan ${path} cannot be read: ${messageOf(error)}`);
  }
  const { plan, faults } = readPlan(text);
  if (plan) return plan;
  throw usage(faults.map(({ line, column, message }) => `${path}:${line}:${column} ${message}`).join('\n'));
}

export interface Output {
  path: string;
  format: Format;
}

/** @throws bad usage where the file's name asks for no format */
export function outputOf(path: string, option: string): Output {
  const format = formatOf(path);
  if (format) return { path, format };
  const known = Object.values(FORMATS).map(({ extension }) => `.${extension}`);
  throw usage(`${option} ${path}: its name says no format. Known: ${known.join(', ')}.`);
}

/** What leaves of a session: identifiers replaced, unless they are to be kept. */
export const redactionFor = (session: TestSession, keep: boolean): Redaction =>
  keep ? KEEP_ALL : finish(redactionOf(session));

export async function writeSession(
  session: TestSession,
  { path, format }: Output,
  options: ExportOptions,
): Promise<void> {
  const file = createWriteStream(fromHere(path));
  const failed = once(file, 'error').then(([error]) => {
    throw new CommandError(EXIT.failed, `${path} cannot be written: ${messageOf(error)}`);
  });
  failed.catch(() => undefined);
  const write = async () => {
    for (const chunk of exportSession(session, format, options)) if (!file.write(chunk)) await once(file, 'drain');
    file.end();
    await once(file, 'finish');
  };
  await Promise.race([write(), failed]);
}

/** A session of the lines that the panel gives, and of the steps that a script has taken. */
export function sessionOfLines(
  lines: readonly string[],
  marks: Mark[],
  test: NonNullable<Header['test']>,
): TestSession {
  const session: TestSession = { header: blankHeader(), records: [], holes: [], marks };
  for (const line of lines) {
    const value = JSON.parse(line) as Line;
    if (value.type === 'header') session.header = { ...value, test };
    else if (value.type === 'record') session.records.push(value);
    else if (value.type === 'hole') session.holes.push(value satisfies Hole);
  }
  return session;
}

/** @throws CommandError where the file cannot be read, or holds nothing of the sort */
export async function readSession(path: string): Promise<Imported> {
  try {
    const bytes = Readable.toWeb(createReadStream(fromHere(path))) as ReadableStream<Uint8Array>;
    const imported = await importFile(bytes, { name: path, pause: () => setImmediate() });
    const { problems, skipped } = imported;
    for (const { line, message } of problems.slice(0, 5)) say(`${path}:${line} skipped: ${message}`);
    if (skipped > 5) say(`${path}: ${skipped} skipped in all.`);
    return imported;
  } catch (error) {
    if (error instanceof ImportError) throw new CommandError(EXIT.usage, error.message);
    throw usage(`${path} cannot be read: ${messageOf(error)}`);
  }
}

/** The results as a table, and in one line. */
export function toldResults(results: readonly Result[]): string {
  const rows = results.map(({ state, step, name, why }) => [state, step ?? '', name, why]);
  const failed = results.filter(({ state }) => state === 'fail').length;
  const summary =
    failed > 0 ? `${failed} of ${results.length} expectations failed.` : `${results.length} expectations, none failed.`;
  return `${textTable([['', 'step', 'expectation', 'what was seen'], ...rows], 90)}${summary}`;
}
