/** Our own tables read back: of each record what its columns tell. */

import Papa from 'papaparse';
import { parseJson } from '../../log/json.ts';
import type { Mark, Record } from '../../record/record.ts';
import { recordOfEvent } from './event-record.ts';
import { isRecord } from './own.ts';

/** Columns without which a table holds no events. */
const NEEDED = ['time', 'event'];

/** Whether a first line names the columns of a table of ours. */
export function isTableHead(line: string): boolean {
  const names = line.trim().split(',');
  return NEEDED.every(name => names.includes(name));
}

export interface Row {
  cells: { [column: string]: string };
  /** On which it begins, from 1. */
  line: number;
}

export interface Rows {
  push(text: string): Row[];
  /** @returns the last row, and whether the file ends within it */
  end(): { rows: Row[]; isCut: boolean };
}

/** Rows of a text that comes in pieces (RFC 4180): a line end within quotes ends none. */
export function createRows(): Rows {
  let rest = '';
  let seen = 0;
  let isQuoted = false;
  let line = 1;
  let begun = 1;
  let columns: string[] | null = null;

  function rowOf(text: string): Row[] {
    const at = begun;
    begun = line;
    const [cells = []] = Papa.parse<string[]>(text.trimEnd(), { delimiter: ',' }).data;
    if (text.trim() === '') return [];
    if (columns) {
      const named = columns.map((name, index): [string, string] => [name, plain(cells[index] ?? '')]);
      return [{ cells: Object.fromEntries(named), line: at }];
    }
    columns = cells;
    return [];
  }

  return {
    push(text) {
      rest += text;
      const rows: Row[] = [];
      let from = 0;
      for (; seen < rest.length; seen++) {
        const unit = rest.charCodeAt(seen);
        if (unit === QUOTE) isQuoted = !isQuoted;
        if (unit !== LINE) continue;
        line++;
        if (isQuoted) continue;
        rows.push(...rowOf(rest.slice(from, seen)));
        from = seen + 1;
      }
      rest = rest.slice(from);
      seen = rest.length;
      return rows;
    },
    end: () => ({ rows: isQuoted ? [] : rowOf(rest), isCut: isQuoted }),
  };
}

const [QUOTE, LINE] = [34, 10];

/** What would be a formula was written with a `'` before it. */
const plain = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/** @returns in words what is wrong with a row that is no record */
export function recordOfRow({ cells }: Row, position: number): Record | string {
  const text = (name: string): string | null => cells[name] || null;
  const event = cells['event'] ? parseJson(cells['event']) : null;
  if (event === undefined) return 'its event is no JSON';
  const id = text('id');
  const load = /^.*(?=\/)/.exec(id ?? '')?.[0];
  const made = recordOfEvent(event, position, {
    ...(text('time') !== null && { time: cells['time'] ?? '' }),
    ...(load !== undefined && { load }),
    api: cells['api'] ?? '',
    url: cells['page'] ?? '',
  });
  const [, instancePath = '', message = ''] = /^(\S*) ([^]*)$/.exec(cells['errors'] ?? '') ?? [];
  const fields = {
    ...Object.fromEntries(TEXTS.flatMap(name => (name in cells ? [[name, text(name)]] : []))),
    ...(id !== null && { id }),
    ...(cells['client'] && { client: cells['client'] }),
    ...(cells['frame'] && { frame: Number(cells['frame']) }),
    decision: { ...made.decision, state: cells['decision'] || made.decision.state, reason: text('reason') },
    delivery: {
      ...made.delivery,
      state: cells['delivery'] || made.delivery.state,
      status: cells['status'] ? Number(cells['status']) : null,
    },
    verdict: {
      verdict: cells['verdict'] || 'pending',
      errors: message === '' ? [] : [{ instancePath, schemaPath: '', keyword: '', message }],
    },
    checks: (cells['checks'] ?? '')
      .split(' ')
      .filter(Boolean)
      .map(check => ({ check, severity: 'info', message: '', path: null })),
  };
  const record: unknown = { ...made, ...fields };
  return isRecord(record) ? record : 'it is no row as this version writes them';
}

/** Fields of the record that are texts or nothing, under the names of their columns. */
const TEXTS = ['stream', 'instrument', 'experiment', 'action', 'schema', 'session', 'pageview'];

/** Where a step begins: with the first record that names it. */
export function stepOfRow({ cells }: Row, record: Record, marks: readonly Mark[]): Mark | null {
  const step = cells['step'] ?? '';
  if (step === '' || record.time === '' || marks.at(-1)?.text === step) return null;
  return { type: 'mark', time: record.time, what: 'step', text: step };
}
