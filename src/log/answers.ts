/** What the intake said of each event of a request, beside our verdict. */

import { at } from '../platform/json.ts';
import type { VerdictName } from '../record/lists.ts';
import type { Finding, Json, JsonObject, Record, Verdict } from '../record/record.ts';
import { isObject } from './guards.ts';
import { parseJson } from './json.ts';

/** The check of the findings that are made here. */
export const DISAGREES = 'intake-disagrees';

/** What a status alone says of every event of a request. */
const FOR_ALL = new Map([
  [201, 'success'],
  [400, 'invalid'],
  [500, 'error'],
]);

/**
 * The intake's word on each of these events, in their order: `{ status, context }` as the answer has it, `success`
 * where it names only others; the answer itself, whatever it is, where it is not of that shape; null where it says
 * nothing of an event.
 * Source: wikimedia/eventgate lib/eventgate.js (process), routes/events.js: 201 for all, 207 for a part, 400 and 500
 * for none; the body has `invalid` and `error`, each event as it stood after the defaults were filled in.
 */
export function wordsOf(status: number, body: string, events: readonly Json[]): Json[] {
  const forAll = status === 201 || body === '' ? FOR_ALL.get(status) : undefined;
  if (forAll !== undefined) return events.map(() => ({ status: forAll }));
  const answer = body === '' ? null : (parseJson(body) ?? body.slice(0, 10_000));
  if (!isObject(answer) || !(Array.isArray(answer['invalid']) || Array.isArray(answer['error']))) {
    return events.map(() => answer);
  }
  const outcomes = ['invalid', 'error'].flatMap(kind => {
    const list = answer[kind];
    return Array.isArray(list) ? list.filter(isObject) : [];
  });
  return events.map(event => {
    const found = outcomes.findIndex(outcome => holds(outcome['event'] ?? null, event));
    const [outcome] = found < 0 ? [] : outcomes.splice(found, 1);
    if (outcome) return { status: outcome['status'] ?? null, context: outcome['context'] ?? null };
    return status === 207 ? { status: 'success' } : null;
  });
}

/** Whether `whole` has all that `part` has: the intake adds fields, and takes none away. */
function holds(whole: Json, part: Json): boolean {
  if (!isObject(part)) return Array.isArray(part) ? JSON.stringify(whole) === JSON.stringify(part) : whole === part;
  return isObject(whole) && Object.entries(part).every(([key, value]) => holds(at(whole, key) ?? null, value));
}

/** Verdicts that say what the intake does with the event; of the others nothing follows. */
const TAKES: { [K in VerdictName]?: boolean } = {
  valid: true,
  invalid: false,
  'unauthorized-stream': false,
  'unknown-stream': false,
  'unknown-schema': false,
  'no-schema': false,
  'hoisting-failed': false,
  'too-large': false,
};

/** The finding that the intake's word and our verdict differ; none where they agree, or one of them says nothing. */
export function compare({ delivery, verdict }: Record): Finding[] {
  const { answer, status } = delivery;
  const took = at(answer, 'status');
  const expected = TAKES[verdict.verdict];
  if (status === null || expected === undefined || typeof took !== 'string') return [];
  if ((took === 'success') === expected) return [];
  const message = `The intake answered ${status}: ${said(answer as JsonObject)}. The verdict here is ${wordOf(verdict)}.`;
  return [{ check: DISAGREES, severity: 'error', message, path: null }];
}

function said(answer: JsonObject): string {
  const { status, context } = answer;
  const why = at(context, 'errorsText') ?? at(context, 'message');
  return typeof why === 'string' ? `${String(status)} (${why.slice(0, 500)})` : String(status);
}

function wordOf({ verdict, errors, cause }: Verdict): string {
  const why = cause ?? errors.map(({ instancePath, message }) => `'${instancePath}' ${message}`).join(', ');
  return why ? `${verdict} (${why.slice(0, 500)})` : verdict;
}
