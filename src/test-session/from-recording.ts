/** A plan made of a recording: what was recorded is expected again, ids and times aside. */

import type { Json, Record } from '../record/record.ts';
import { contentOf, leavesOf, volatility, type Volatile } from './content.ts';
import type { Condition, Expectation, Plan, Selector, Step } from './plan/types.ts';
import { stepFinder, type TestSession } from './session.ts';

const GENERAL: { [kind in Volatile]: Condition } = {
  time: { matches: '^\\d{4}-\\d\\d-\\d\\dT' },
  hex: { matches: '^[0-9a-fA-F]{16,}$' },
  uuid: { matches: '^[0-9a-fA-F]{8}-' },
  id: { exists: true },
};

/** What changes from run to run as a condition; a long text by its type; all else as it is. */
function conditionOf(name: string, value: Json): Json | Condition {
  const kind = volatility(name, value);
  if (kind) return typeof value === 'number' ? { type: 'number' } : GENERAL[kind];
  if (typeof value === 'string' && value.length > 100) return { type: 'string' };
  if (typeof value !== 'object' || value === null) return value;
  return { type: Array.isArray(value) ? 'array' : 'object' };
}

/** Values that stand elsewhere in the selector, and those that the intake or a later version changes. */
const LEFT_OUT = new Set(['/$schema', '/meta/stream', '/action', '/meta/dt', '/meta/id', '/meta/request_id']);

function fieldsOf(event: Json): NonNullable<Selector['fields']> {
  return Object.fromEntries(
    leavesOf(event)
      .filter(({ path }) => path !== '' && !LEFT_OUT.has(path))
      .map(({ path, name, value }) => [path, conditionOf(name, value)]),
  );
}

/** What names the record among others: its decision, where that is no plain accepting, and what it is about. */
function selectorOf({ stream, instrument, experiment, action, decision }: Record): Selector {
  const isPlain = decision.state === 'accepted' || decision.state === 'unknown';
  return {
    ...(stream === null ? {} : { stream }),
    ...(instrument === null ? {} : { instrument }),
    ...(experiment === null ? {} : { experiment }),
    ...(action === null ? {} : { action }),
    ...(isPlain ? {} : { decision: decision.state }),
    ...(decision.reason === null ? {} : { reason: decision.reason }),
  };
}

function expectationsOf(records: Record[]): Expectation[] {
  const groups = new Map<string, Record[]>();
  for (const record of records) {
    const key = JSON.stringify(selectorOf(record));
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  const selectors: Selector[] = [];
  const expectations = [...groups.values()].flatMap((group): Expectation[] => {
    const [first] = group;
    if (!first) return [];
    const of = selectorOf(first);
    selectors.push(of);
    const content = contentOf(first.event);
    const isAlike = group.every(({ event }) => contentOf(event) === content);
    const fields = isAlike && first.event !== null ? fieldsOf(first.event) : {};
    const isValid = group.every(({ verdict }) => verdict.verdict === 'valid');
    const have: Selector = {
      ...of,
      ...(isValid ? { verdict: 'valid' } : {}),
      ...(Object.keys(fields).length > 0 ? { fields } : {}),
    };
    return [
      { of, exactly: group.length },
      ...(Object.keys(have).length > Object.keys(of).length ? [{ of, have }] : []),
    ];
  });
  const streams = [
    ...new Set(
      records.flatMap(({ stream, decision }) => (stream !== null && decision.state === 'accepted' ? [stream] : [])),
    ),
  ];
  return [
    ...expectations,
    ...(selectors.length > 1 ? [{ sequence: selectors }] : []),
    ...(streams.length > 0 ? [{ nothingElse: streams }] : []),
  ];
}

/** @param chosen of the session's records, in order; questions to the client are left out */
export function planOf(session: Pick<TestSession, 'marks' | 'header'>, chosen: readonly Record[]): Plan {
  const stepAt = stepFinder(session.marks);
  const calls = chosen.filter(({ decision }) => decision.state !== 'answered');
  const names = [...new Set(calls.map(({ time }) => stepAt(time)))];
  const steps = names.map((name): Step => ({
    step: name === '' ? 'Begin' : name,
    expect: expectationsOf(calls.filter(({ time }) => stepAt(time) === name)),
  }));
  return { plan: 1, name: session.header.test?.name ?? 'From a recording', steps, expect: [] };
}
