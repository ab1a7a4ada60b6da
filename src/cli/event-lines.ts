/** The lines of a file of events: events themselves, or the records of an exported log. */

import { createHash } from 'node:crypto';
import { at, isJsonObject, textAt } from '../platform/json.ts';
import type { Json, Record } from '../record/record.ts';

export type EventLine =
  | { line: number; record: Record }
  /** It is not JSON. */
  | { line: number; problem: string };

/** Only what is of the form is taken for an exported record: events may have a `type` of their own. */
function isRecord(value: Json): boolean {
  return (
    ['decision', 'delivery', 'verdict', 'page'].every(key => isJsonObject(at(value, key))) &&
    at(value, 'type') === 'record'
  );
}

const isOtherLine = (value: Json): boolean =>
  (at(value, 'type') === 'header' && at(value, 'format') !== undefined && at(value, '$schema') === undefined) ||
  (at(value, 'type') === 'hole' && at(value, 'load') !== undefined && at(value, '$schema') === undefined);

/** A record of which nothing is known but its event. Events of one pageview id are of one page load, where they come in order. */
function recordOf(event: Json, line: number, inOrder: boolean): Record {
  const pageview = textAt(event, 'performer', 'pageview_id');
  const load =
    pageview === null || !inOrder ? `line ${line}` : createHash('sha256').update(pageview).digest('hex').slice(0, 16);
  const session = textAt(event, 'performer', 'session_id');
  return {
    type: 'record',
    id: `${load}/${line}`,
    time: '',
    frame: 0,
    client: 'unknown',
    clientVersion: null,
    api: '',
    stream: textAt(event, 'meta', 'stream'),
    redirectedFrom: null,
    instrument: textAt(event, 'instrument_name'),
    experiment: textAt(event, 'experiment', 'enrolled'),
    action: textAt(event, 'action'),
    schema: textAt(event, '$schema'),
    decision: { state: 'unknown', reason: null, answer: null, agrees: true, sampling: null },
    override: null,
    event,
    reconstructed: false,
    truncated: false,
    delivery: { state: 'none', url: null, queuedUntil: null, sentAt: null, status: null, answer: null },
    verdict: { verdict: 'pending', errors: [] },
    checks: [],
    origin: null,
    interaction: null,
    session,
    pageview,
    page: { load, url: '' },
    final: true,
  };
}

/**
 * Reads a line; null for one that holds no event: an empty one, an export's header or hole.
 * @param inOrder whether lines stand in the order of the calls; what the intake received does not
 */
export function readLine(text: string, line: number, inOrder = true): EventLine | null {
  if (text.trim() === '') return null;
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    return { line, problem: error instanceof Error ? error.message : String(error) };
  }
  if (isOtherLine(value)) return null;
  return { line, record: isRecord(value) ? (value as unknown as Record) : recordOf(value, line, inOrder) };
}
