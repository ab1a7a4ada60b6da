/** Logs of a few facts, for the tests of the log. */

import { createLog } from '../../../src/log/log.ts';
import type { Log } from '../../../src/log/types.ts';
import type { Note } from '../../../src/record/facts.ts';
import { hash } from '../../../src/record/hash.ts';
import type { Record, Verdict } from '../../../src/record/record.ts';
import { AT, envelope, INTAKE } from './facts.ts';

export const VALID: Verdict = { verdict: 'valid', errors: [] };

export function logOf(...facts: Parameters<typeof envelope>[0]): Log {
  const log = createLog();
  log.ingest(envelope(facts));
  return log;
}

export function record(log: Log, index = 0): Record {
  const found = log.records[index];
  if (!found) throw new Error(`no record ${index}`);
  return found;
}

export function status(body: unknown, code: number, request = 'r1', fields: Partial<Note> = {}): Note[] {
  const at = { request, frame: 0, type: 'ping', url: INTAKE, at: AT, ...fields };
  return [
    { ...at, kind: 'request', hash: hash(JSON.stringify(body)) } as Note,
    { ...at, kind: 'status', status: code } as Note,
  ];
}
