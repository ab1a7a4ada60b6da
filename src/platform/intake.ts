/**
 * What the intake (EventGate, as Wikimedia runs it) does with an event before it validates it.
 * Source: wikimedia/eventgate lib/factories/wikimedia-eventgate.js and lib/event-util.js; eventgate-wikimedia's custom
 * defaults (makeSetCustomDefaults); wikitech, Event Platform. What it says is said in its own words.
 */

import { at, isJsonObject, type Json } from './json.ts';

type JsonObject = { [key: string]: Json };

export const LIMITS = {
  /** Bytes of a request's body, beyond which the intake reads nothing (operations/deployment-charts, eventgate). */
  body: 10_000_000,
  /** Bytes of one event, beyond which Kafka does not take a valid one. */
  message: 1 << 20,
};

/** The intake services that a browser or an app outside can reach. */
export const PUBLIC_SERVICES: readonly string[] = ['eventgate-analytics-external', 'eventgate-logging-external'];

export interface Refusal {
  verdict: 'no-schema' | 'unknown-stream' | 'unauthorized-stream' | 'hoisting-failed';
  cause: string;
}

const MISSING = (field: string) => `Field(s) ${field} were missing from event and could not be extracted.`;

/** The title of the schema at this URI: its path without the version. */
export const titleOf = (uri: string) => uri.replace(/^\//, '').replace(/\/[^/]*$/, '');

/** The event's `$schema`, or why the intake finds none. */
export function schemaOf(event: Json): { uri: string } | Refusal {
  const uri = at(event, '$schema');
  return typeof uri === 'string' && uri !== '' ? { uri } : { verdict: 'no-schema', cause: MISSING('$schema') };
}

/**
 * The config of the event's stream, or why the intake does not take the stream. `streams` is what
 * `action=streamconfigs` answers. `services` are the intake services in question; null takes any. Streams named by a
 * pattern are not looked for: only servers produce them.
 */
export function streamOf(
  event: Json,
  streams: JsonObject,
  services: readonly string[] | null,
): { stream: string; config: JsonObject } | Refusal {
  const stream = at(at(event, 'meta'), 'stream');
  if (typeof stream !== 'string') return { verdict: 'unknown-stream', cause: MISSING('meta.stream') };
  const config = at(streams, stream);
  if (!isJsonObject(config)) return { verdict: 'unknown-stream', cause: `${stream} is not a configured stream.` };
  const service = at(config, 'destination_event_service');
  if (services && typeof service === 'string' && !services.includes(service)) {
    return { verdict: 'unknown-stream', cause: `${stream} belongs to ${service}, which takes no events from outside.` };
  }
  return { stream, config };
}

/** Why this stream does not take events of a schema with this title; null where it does. */
export function refuseTitle(stream: string, config: JsonObject, title: Json | undefined): Refusal | null {
  const allowed = at(config, 'schema_title');
  if (typeof allowed !== 'string') {
    return { verdict: 'unauthorized-stream', cause: `${stream} does not have a configured schema_title.` };
  }
  if (title === allowed) return null;
  const named = typeof title === 'string' ? `Schema ${title}` : "A schema without 'title'";
  return { verdict: 'unauthorized-stream', cause: `${named} is not allowed in stream ${stream}; must be ${allowed}.` };
}

/**
 * Why the intake cannot put the subject id in, for an event of an experiment on edge-uniques; null for others. Only
 * what the event and its stream tell: whether the enrollment equals the request's own header is known to the CDN only.
 * Source: https://phabricator.wikimedia.org/T391959
 */
export function refuseHoisting(event: Json, stream: string, config: JsonObject): Refusal | null {
  const experiment = at(event, 'experiment');
  if (at(experiment, 'sampling_unit') !== 'edge-unique') return null;
  if (at(at(at(config, 'producers'), 'eventgate'), 'use_edge_uniques') !== true) {
    const cause = `${stream} does not take edge-uniques: producers.eventgate.use_edge_uniques is not true.`;
    return { verdict: 'hoisting-failed', cause };
  }
  if (at(experiment, 'subject_id') !== 'awaiting') {
    return {
      verdict: 'hoisting-failed',
      cause: "experiment.subject_id must be 'awaiting' where the intake fills it in.",
    };
  }
  return null;
}

/** Whether a schema has a property at this path of properties. */
const has = (schema: Json, path: readonly string[]) =>
  path.reduce<Json | undefined>((inner, key) => at(at(inner, 'properties'), key), schema) !== undefined;

/** The object with a value at a path where it has none; unchanged where something on the way is no object. */
function fill(object: JsonObject, [key, ...rest]: readonly string[], value: Json): JsonObject {
  if (key === undefined) return object;
  const old = at(object, key);
  if (rest.length === 0) return old === undefined ? { ...object, [key]: value } : object;
  return old === undefined || isJsonObject(old) ? { ...object, [key]: fill(old ?? {}, rest, value) } : object;
}

/** The fields that the intake fills from headers of the request; where `http` may be an open map, it is still one. */
function headerFields(config: JsonObject | null): string[][] {
  const fields = at(at(at(config ?? {}, 'producers'), 'eventgate'), 'enrich_fields_from_http_headers');
  if (!isJsonObject(fields)) return [];
  return Object.entries(fields)
    .filter(([, header]) => typeof header === 'string')
    .map(([field]) => field.split('.'));
}

/**
 * A copy of the event with what the intake fills in before it validates: `meta.dt`, `meta.id`, `meta.request_id`, for
 * legacy schemas `dt`, and what it takes from the request; each only where the schema has the field and the event has
 * not. The header values are stand-ins: we do not know the request's, and only that they are strings counts.
 */
export function fillDefaults(
  event: JsonObject,
  schema: JsonObject,
  config: JsonObject | null,
  { now, uuid }: { now: string; uuid: string },
): JsonObject {
  const wanted: [string[], string][] = [
    [['meta', 'dt'], now],
    [['meta', 'id'], uuid],
    [['meta', 'request_id'], uuid],
    [['http', 'client_ip'], '192.0.2.1'],
  ];
  const title = at(schema, 'title');
  if (typeof title === 'string' && title.startsWith('analytics/legacy')) wanted.push([['dt'], now]);

  let filled = event;
  for (const [path, value] of wanted) if (has(schema, path)) filled = fill(filled, path, value);
  for (const path of headerFields(config)) {
    const [parent, name] = [path.slice(0, 2), path.slice(2).join('.')];
    if (name !== '' && has(schema, parent)) filled = fill(filled, [...parent, name], 'from the request');
  }
  return filled;
}
