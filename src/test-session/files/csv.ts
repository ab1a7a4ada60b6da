/** A session as CSV (RFC 4180), one record a row, with chosen columns. */

import Papa from 'papaparse';
import type { Json, Record } from '../../record/record.ts';
import { stepsOf, valueAt } from '../plan/path.ts';
import { stepFinder } from '../session.ts';
import type { Leaving } from './leaving.ts';

type Read = (record: Record, step: string) => Json | undefined;

const COLUMNS: { [name: string]: Read } = {
  id: ({ id }) => id,
  time: ({ time }) => time,
  step: (_, step) => step,
  frame: ({ frame }) => frame,
  client: ({ client }) => client,
  api: ({ api }) => api,
  stream: ({ stream }) => stream,
  instrument: ({ instrument }) => instrument,
  experiment: ({ experiment }) => experiment,
  action: ({ action }) => action,
  schema: ({ schema }) => schema,
  decision: ({ decision }) => decision.state,
  reason: ({ decision }) => decision.reason,
  delivery: ({ delivery }) => delivery.state,
  status: ({ delivery }) => delivery.status,
  verdict: ({ verdict }) => verdict.verdict,
  errors: ({ verdict }) => verdict.errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; '),
  checks: ({ checks }) => checks.map(({ check }) => check).join(' '),
  session: ({ session }) => session,
  pageview: ({ pageview }) => pageview,
  page: ({ page }) => page.url,
  event: ({ event }) => (event === null ? null : JSON.stringify(event)),
};

/** All columns; any path in the event, such as `performer.is_logged_in`, is one as well. */
export const CSV_COLUMNS = Object.keys(COLUMNS);

const AT_ONCE = 200;

type Cell = string | number | boolean | null;
const cell = (value: Json | undefined): Cell =>
  value === undefined ? null : typeof value === 'object' && value !== null ? JSON.stringify(value) : value;

/** Begins with a row of names; rows end with CR LF. What a spreadsheet would take for a formula gets a `'` before it. */
export function* csv(
  { through, redaction, marks }: Leaving,
  columns: readonly string[] = CSV_COLUMNS,
): Generator<string> {
  const reads = columns.map((name): Read => {
    const steps = stepsOf(name);
    return COLUMNS[name] ?? (({ event }) => valueAt(event, steps));
  });
  const stepAt = stepFinder(marks);
  const options = { newline: '\r\n', escapeFormulae: true, header: false };
  const text = (rows: Cell[][]) => `${Papa.unparse(rows, options)}\r\n`;
  yield text([[...columns]]);
  let rows: Cell[][] = [];
  for (const record of through(redaction.record)) {
    const step = stepAt(record.time);
    rows.push(reads.map(read => cell(read(record, step))));
    if (rows.length < AT_ONCE) continue;
    yield text(rows);
    rows = [];
  }
  if (rows.length > 0) yield text(rows);
}
