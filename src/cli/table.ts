import type { Record } from '../record/record.ts';

const COLUMNS = ['call', 'subject', 'action', 'decision', 'reason', 'delivery', 'verdict'] as const;
const HEAD = ['call', 'stream, instrument or experiment', ...COLUMNS.slice(2)];

/** What a row of the table tells of a record; the panel's own row tells the same. */
export interface Told {
  call: string;
  subject: string;
  action: string;
  decision: string;
  /** The reason; of a question the answer. */
  reason: string;
  delivery: string;
  verdict: string;
}

export function told(record: Record): Told {
  const { api, stream, instrument, experiment, action, decision, delivery, verdict } = record;
  return {
    call: api,
    subject: instrument ?? experiment ?? stream ?? '–',
    action: action ?? '',
    decision: decision.state,
    reason: decision.reason ?? '',
    delivery: delivery.status === null ? delivery.state : `${delivery.state} ${delivery.status}`,
    verdict: verdict.verdict,
  };
}

/** A page's text may hold anything, terminal controls too. */
const harmless = (text: string) => text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd');
const short = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** A table of text for a terminal, with a line end after each row. */
export function table(rows: Told[]): string {
  const lines = [HEAD, ...rows.map(row => COLUMNS.map(column => short(harmless(row[column]))))];
  const widths = HEAD.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  return lines
    .map(
      line =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
