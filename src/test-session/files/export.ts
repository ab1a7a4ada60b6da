/** A session in every format that leaves the inspector. */

import type { Result } from '../judge/types.ts';
import type { TestSession } from '../session.ts';
import { csv } from './csv.ts';
import { html } from './html.ts';
import { junit } from './junit.ts';
import { eventLines, recordLines } from './lines.ts';
import { markdown, remarkup } from './markup.ts';
import { createRedaction, type Replaced } from './redact.ts';
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
  /** True: identifiers leave as they were recorded. */
  keep: boolean;
  results: Result[] | null;
  /** Of CSV. */
  columns?: readonly string[];
}

export interface Export {
  /** The file's text, in pieces. */
  chunks: Generator<string>;
  /** What was replaced; null where nothing was to be. */
  replaced: Replaced[] | null;
}

/** The session as it leaves: redacted, unless identifiers are to be kept. */
export function leaving(session: TestSession, keep: boolean): { session: TestSession; replaced: Replaced[] | null } {
  if (keep) return { session, replaced: null };
  const redaction = createRedaction(session);
  return { session: redaction.session(session), replaced: redaction.replaced() };
}

export function exportSession(given: TestSession, format: Format, options: ExportOptions): Export {
  const { session, replaced } = leaving(given, options.keep);
  return { chunks: chunksOf(session, format, options, replaced), replaced };
}

function chunksOf(
  session: TestSession,
  format: Format,
  { results, columns }: ExportOptions,
  replaced: Replaced[] | null,
): Generator<string> {
  if (format === 'ndjson') return recordLines(session);
  if (format === 'events') return eventLines(session);
  if (format === 'csv') return csv(session, columns);
  const report = reportOf({ session, results, replaced });
  if (format === 'markdown') return markdown(report);
  if (format === 'remarkup') return remarkup(report);
  if (format === 'html') return html(report, session);
  return one(junit(report.title, report.results));
}

function* one(text: string): Generator<string> {
  yield text;
}
