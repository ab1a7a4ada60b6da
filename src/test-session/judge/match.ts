/** Whether a record is one that a selector speaks of. */

import { at, textAt } from '../../platform/json.ts';
import type { Json, Record } from '../../record/record.ts';
import { isSame, stepsOf, valueAt } from '../plan/path.ts';
import { compilePattern } from '../plan/pattern.ts';
import type { Condition, JsonType, Names, Selector } from '../plan/types.ts';

/** `maybe`: it depends on what is still to become of the record. */
export type Fit = 'yes' | 'maybe' | 'no';
export type Match = (record: Record) => Fit;

type Text = (text: string | null) => boolean;

const fit = (holds: boolean): Fit => (holds ? 'yes' : 'no');

function textTest(names: Names): Text {
  if (typeof names === 'string') return text => text === names;
  if (Array.isArray(names)) {
    const set = new Set(names);
    return text => text !== null && set.has(text);
  }
  const pattern = compilePattern(names.matches);
  return text => text !== null && pattern(text);
}

const TEXTS: { [K in keyof Selector]?: (record: Record) => string | null } = {
  client: ({ client }) => client,
  api: ({ api }) => api,
  stream: ({ stream }) => stream,
  instrument: ({ instrument }) => instrument,
  experiment: ({ experiment }) => experiment,
  group: ({ event }) => textAt(event, 'experiment', 'assigned'),
  action: ({ action }) => action,
  schema: ({ schema }) => schema,
};

/** A record that is not final may still become such a one. */
const later = (record: Record, holds: boolean, isOpen: boolean): Fit =>
  holds ? 'yes' : isOpen && !record.final ? 'maybe' : 'no';

function decisionMatch(selector: Selector): Match {
  const { decision, reason } = selector;
  const isState = decision === undefined ? null : textTest(decision);
  const isReason = reason === undefined ? null : textTest(reason);
  return record => {
    const { state, reason: why } = record.decision;
    const byDefault = state === 'accepted' || state === 'unknown';
    const holds = (isState?.(state) ?? (isReason !== null || byDefault)) && (isReason?.(why) ?? true);
    return later(record, holds, state === 'waiting');
  };
}

function stateMatches(selector: Selector): Match[] {
  const { verdict, delivery, checks, override } = selector;
  const matches: Match[] = [];
  if (verdict !== undefined) {
    const is = textTest(verdict);
    matches.push(record => later(record, is(record.verdict.verdict), record.verdict.verdict === 'pending'));
  }
  if (delivery !== undefined) {
    const is = textTest(delivery);
    matches.push(record => later(record, is(record.delivery.state), true));
  }
  if (checks !== undefined) {
    const is = textTest(checks);
    matches.push(record => {
      if (checks === 'none') {
        return record.checks.length > 0 ? 'no' : later(record, record.verdict.verdict !== 'pending', true);
      }
      return later(
        record,
        record.checks.some(({ check }) => is(check)),
        true,
      );
    });
  }
  if (override !== undefined)
    matches.push(record => fit((record.override?.forced ?? false) === (override === 'forced')));
  return matches;
}

function typeOf(value: Json): JsonType[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
  return [typeof value as JsonType];
}

const isCondition = (value: Json | Condition): value is Condition =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldMatch(path: string, wanted: Json | Condition): (event: Json) => boolean {
  const steps = stepsOf(path);
  const { equals, oneOf, matches, exists, type }: Condition = isCondition(wanted) ? wanted : { equals: wanted };
  const pattern = matches === undefined ? null : compilePattern(matches);
  return event => {
    const value = valueAt(event, steps);
    if (exists !== undefined && (value !== undefined) !== exists) return false;
    if (equals !== undefined && !isSame(value, equals)) return false;
    if (oneOf !== undefined && !oneOf.some(one => isSame(value, one))) return false;
    if (pattern && !(typeof value === 'string' && pattern(value))) return false;
    return type === undefined || (value !== undefined && typeOf(value).includes(type));
  };
}

/** Makes a selector ready. Its regular expressions are known to be usable: `readPlan` has seen to it. */
export function compileSelector(selector: Selector): Match {
  const texts = Object.entries(TEXTS).flatMap(([name, read]) => {
    const names = selector[name as keyof typeof TEXTS] as Names | undefined;
    return names === undefined ? [] : [{ read, is: textTest(names) }];
  });
  const fields = Object.entries(selector.fields ?? {}).map(([path, wanted]) => fieldMatch(path, wanted));
  const states = [decisionMatch(selector), ...stateMatches(selector)];
  const { funnel } = selector;

  return record => {
    for (const { read, is } of texts) if (!is(read(record))) return 'no';
    if (funnel !== undefined && at(record.event, 'funnel_event_sequence_position') !== funnel) return 'no';
    for (const holds of fields) if (!holds(record.event)) return 'no';
    let all: Fit = 'yes';
    for (const match of states) {
      const one = match(record);
      if (one === 'no') return 'no';
      if (one === 'maybe') all = 'maybe';
    }
    return all;
  };
}
