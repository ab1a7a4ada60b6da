/** The lines of a file of events: events themselves, or the records of an exported log. */

import { createHash } from 'node:crypto';
import { at, isJsonObject, textAt } from '../platform/json.ts';
import type { Json, Record } from '../record/record.ts';
import { recordOfEvent } from '../test-session/files/event-record.ts';
import { messageOf } from './command.ts';

export type EventLine =
  | { line: number; record: Record }
  /** It is no event, and why, as a sentence. */
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
  return {
    ...recordOfEvent(event, line, { load }),
    // What an event says of these is what is to be judged.
    time: '',
    client: 'unknown',
    session: textAt(event, 'performer', 'session_id'),
    pageview,
    page: { load, url: '' },
    final: true,
  };
}

/** Some editors of Windows begin a file with it. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/**
 * Reads a line; null for one that holds no event: an empty one, an export's header or hole.
 * @param inOrder whether lines stand in the order of the calls; what the intake received does not
 */
export function readLine(text: string, line: number, inOrder = true): EventLine | null {
  if (text.trim() === '') return null;
  let value: Json;
  try {
    value = JSON.parse(line === 1 ? text.replace(BYTE_ORDER_MARK, '') : text) as Json;
  } catch (error) {
    return { line, problem: `The line is not JSON: ${messageOf(error)}` };
  }
  if (value === null) return { line, problem: 'The line is null: an event is an object' };
  if (isOtherLine(value)) return null;
  return { line, record: isRecord(value) ? (value as unknown as Record) : recordOf(value, line, inOrder) };
}
