import type { Record } from '../record/record.ts';
import { textTable } from './text-table.ts';

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

/** A table of text for a terminal, with a line end after each row. */
export const table = (rows: Told[]): string =>
  textTable([HEAD, ...rows.map(row => COLUMNS.map(column => row[column]))]);
