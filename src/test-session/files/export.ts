/** A session in every format that leaves the inspector. */

import type { Result } from '../judge/types.ts';
import type { TestSession } from '../session.ts';
import { csv } from './csv.ts';
import { html } from './html.ts';
import { junit } from './junit.ts';
import { markdown, remarkup } from './markup.ts';
import { type Leaving, leaving } from './leaving.ts';
import { eventLines, recordLines } from './lines.ts';
import type { Redaction } from './redact.ts';
import { reportOf } from './report.ts';

export const FORMATS = {
  ndjson: { extension: 'ndjson', type: 'application/x-ndjson' },
  events: { extension: 'events.ndjson', type: 'application/x-ndjson' },
  csv: { extension: 'csv', type: 'text/csv' },
  markdown: { extension: 'md', type: 'text/markdown' },
  remarkup: { extension: 'remarkup.txt', type: 'text/plain' },
  html: { extension: 'html', type: 'text/html' },
  junit: { extension: 'xml', type: 'application/xml' },
} as const;
export type Format = keyof typeof FORMATS;

/** The format that a file's name asks for; null for none. */
export function formatOf(path: string): Format | null {
  const names = Object.entries(FORMATS).sort(([, a], [, b]) => b.extension.length - a.extension.length);
  return (names.find(([, { extension }]) => path.endsWith(`.${extension}`))?.[0] as Format | undefined) ?? null;
}

export interface ExportOptions {
  redaction: Redaction;
  results: Result[] | null;
  /** Of CSV. */
  columns?: readonly string[];
  /** Told now and then how many records have left. */
  onProgress?: (done: number) => void;
}

/** The file's text, in pieces; some of them are empty, so that whoever writes it can let others run. */
export function exportSession(session: TestSession, format: Format, options: ExportOptions): Generator<string> {
  const { redaction, results, columns, onProgress } = options;
  const out = leaving(session, redaction, onProgress);
  if (format === 'ndjson') return recordLines(out);
  if (format === 'events') return eventLines(out);
  if (format === 'csv') return csv(out, columns);
  return report(out, format, results);
}

function* report(out: Leaving, format: Exclude<Format, 'ndjson' | 'events' | 'csv'>, results: Result[] | null) {
  const told = yield* reportOf(out, results);
  if (format === 'markdown') yield* markdown(told);
  else if (format === 'remarkup') yield* remarkup(told);
  else if (format === 'html') yield* html(told, out);
  else yield junit(told.title, told.results);
}
