/** Who set what in an event: the caller, the client, or the intake. */

import { ATTRIBUTE_NAMES } from './contextual-attributes.ts';
import { fillDefaults } from './intake.ts';
import { at, isJsonObject, type Json } from './json.ts';
import { below } from './pointer.ts';

type JsonObject = { [key: string]: Json };

export type Setter = 'caller' | 'client' | 'intake';

export interface Origin {
  /** The function of the client's API that was called. */
  api: string;
  /** What the caller passed as data; undefined where that is not known: then the client's published rules say it. */
  passed: Json | undefined;
  /** When the call was made, ISO 8601: a `dt` that is another was not set by the client. */
  time: string;
  /** The call went to an instrument or an experiment. */
  ofObject: boolean;
}

/** What stands in for a value that only the intake knows. */
const UNKNOWN = '…';
/** An event of a page is hostile. */
const DEEPEST = 20;

const pointer = (path: readonly string[]) => path.reduce(below, '');

/**
 * Who set each member of an event that is no object, by its JSON Pointer. Of calls that are only known from the wire
 * nothing can be said: the map is empty.
 * Source: mediawiki-libs-metrics-platform js/src/MetricsClient.js (submit, submitInteraction, addRequiredMetadata);
 * mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (logEvent);
 * mediawiki-extensions-TestKitchen modules/ext.testKitchen/EventFactory.js.
 */
export function settersOf(event: Json, origin: Origin): Map<string, Setter> {
  const setters = new Map<string, Setter>();
  const setterOf = RULES[kindOf(origin)];
  if (!setterOf) return setters;
  const walk = (value: Json, path: readonly string[]) => {
    if (isJsonObject(value) && path.length < DEEPEST && Object.keys(value).length > 0) {
      for (const key of Object.keys(value)) walk(value[key] ?? null, [...path, key]);
    } else setters.set(pointer(path), setterOf(path, value, origin));
  };
  walk(event, []);
  return setters;
}

type Kind = 'submit' | 'interaction' | 'legacy' | 'unknown';
type Rule = (path: readonly string[], value: Json, origin: Origin) => Setter;

function kindOf({ api, ofObject }: Origin): Kind {
  if (['logEvent', 'track', 'Schema#log'].includes(api)) return 'legacy';
  if (ofObject || api === 'submitInteraction' || api === 'submitClick' || api === 'dispatch') return 'interaction';
  return api === 'submit' ? 'submit' : 'unknown';
}

/** Milliseconds between a call and the time that the client gives its event, at most. */
const SOON = 1_000;

const isMetadata = ([first, second]: readonly string[], value: Json, { time }: Origin) =>
  (first === 'dt' && Math.abs(Date.parse(String(value)) - Date.parse(time)) <= SOON) ||
  (first === 'meta' && (second === 'stream' || second === 'domain'));

const RULES: { [K in Kind]: Rule | null } = {
  submit: (path, value, origin) => (isMetadata(path, value, origin) ? 'client' : 'caller'),
  legacy: ([first]) => (first === 'event' ? 'caller' : 'client'),
  interaction(path, value, origin) {
    const { api, passed, ofObject } = origin;
    const [first = ''] = path;
    if (isMetadata(path, value, origin)) return 'client';
    if (first === '$schema') return ofObject || api === 'submitClick' ? 'client' : 'caller';
    if (first === 'action') return api === 'submitClick' ? 'client' : 'caller';
    if (isJsonObject(passed)) return path.reduce<Json | undefined>(at, passed) === value ? 'caller' : 'client';
    return isOfClient(path) ? 'client' : 'caller';
  },
  unknown: null,
};

/** What the client adds of itself, where nothing tells that the caller did. */
const OF_CLIENT = ['sample', 'experiment', 'instrument_name', 'funnel_event_sequence_position', 'name'];
const isOfClient = ([first = '', second = '']: readonly string[]) =>
  OF_CLIENT.includes(first) || ATTRIBUTE_NAMES.includes(`${first}_${second}`);

/**
 * The event as the intake will have it before it validates it, with `…` for what only the intake knows, and the JSON
 * Pointers of what it adds.
 * @param config of the event's stream; null where it is not known
 */
export function asReceived(event: JsonObject, schema: JsonObject, config: JsonObject | null) {
  const added: string[] = [];
  const mark = (value: Json, before: Json | undefined, path: readonly string[]): Json => {
    if (value === before) return value;
    if (isJsonObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, mark(inner, at(before, key), [...path, key])]),
      );
    }
    added.push(pointer(path));
    return UNKNOWN;
  };
  const filled = fillDefaults(event, schema, config, { now: UNKNOWN, uuid: UNKNOWN });
  return { event: mark(filled, event, []), added };
}
