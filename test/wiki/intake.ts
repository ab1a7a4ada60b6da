/** The intake: answers as EventGate does (wikimedia/eventgate lib/eventgate.js, routes/events.js; wikimedia/eventgate-wikimedia). */

import { randomUUID } from 'node:crypto';
import Ajv from 'ajv';
import secure from 'ajv/lib/refs/json-schema-secure.json' with { type: 'json' };
import type { Json, JsonObject } from '../../src/record/record.ts';
import { STREAMS } from './config.ts';
import { findSchema, REPOSITORIES } from './schemas.ts';

/** What the intake found for one event, `hasty` or not. */
export interface Outcome {
  status: 'success' | 'invalid' | 'error';
  /** The event with the intake's defaults filled in. */
  event: Json;
  context: JsonObject;
}

export interface Answer {
  status: number;
  message?: string;
  body?: JsonObject;
  /** The events as they arrived, before any default. */
  events: Json[];
  outcomes: Outcome[];
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const CONTENT_TYPES = ['application/json', 'text/plain', 'application/reports+json'];

const failed = (event: Json, message: string): Outcome => ({ status: 'error', event, context: { message } });

function missing(event: Json, field: string): Outcome {
  return failed(event, `Field(s) ${field} were missing from event and could not be extracted.`);
}

/** The intake's own fields: set where the client left them out. */
function fillDefaults(event: JsonObject, meta: JsonObject, schema: JsonObject, requestId: string): void {
  const now = new Date().toISOString();
  meta['request_id'] ??= requestId;
  meta['dt'] ??= now;
  meta['id'] ??= randomUUID();
  const { properties } = schema;
  if (isObject(properties) && 'dt' in properties) event['dt'] ??= now;
}

/** EventGate takes no schema that could be slow to validate by. */
const isSecure = new Ajv({ schemaId: 'auto' }).compile(secure);

function judge(arrived: Json, requestId: string): Outcome {
  const event = structuredClone(arrived);
  if (!isObject(event)) return missing(event, '$schema');
  const uri = event['$schema'];
  if (typeof uri !== 'string') return missing(event, '$schema');
  const schema = REPOSITORIES.map(one => findSchema(one, uri)).find(one => one !== undefined);
  if (!schema) return failed(event, `Failed loading schema at ${uri}`);

  if (!isSecure(schema)) return failed(event, `The schema at ${uri} is not secure to validate by.`);

  const meta = (event['meta'] ??= {});
  if (!isObject(meta) || typeof meta['stream'] !== 'string') return missing(event, 'meta.stream');
  fillDefaults(event, meta, schema, requestId);

  const name = meta['stream'];
  const stream = Object.hasOwn(STREAMS, name) ? STREAMS[name] : undefined;
  if (stream?.schema_title !== schema['title']) {
    const why = stream ? `must have the schema title ${stream.schema_title}` : 'is not configured';
    return failed(event, `Event with schema ${uri} is not allowed in stream ${name}: the stream ${why}.`);
  }

  // A fresh instance for each schema: nested `$id`s of different schemas collide in a shared one.
  const validate = new Ajv({ useDefaults: true, schemaId: 'auto', allErrors: true }).compile(schema);
  if (validate(event)) return { status: 'success', event, context: {} };
  const errors = validate.errors ?? [];
  const errorsText = errors.map(({ dataPath, message }) => `'${dataPath}' ${message}`).join(', ');
  return { status: 'invalid', event, context: { errors: errors as unknown as Json[], errorsText } };
}

function statusOf(outcomes: Outcome[]): number {
  const count = (status: Outcome['status']) => outcomes.filter(one => one.status === status).length;
  if (count('success') === outcomes.length) return 201;
  if (count('success') > 0) return 207;
  return count('error') > 0 ? 500 : 400;
}

/**
 * Answers a POST of events.
 * @param contentType the request's, with or without parameters
 * @param body one event or an array of them, as JSON text
 * @param hasty answer 202 whatever it is (`?hasty=` with any value)
 */
export function answer(contentType: string, body: string, hasty: boolean, requestId: string): Answer {
  const early = (status: number, body?: JsonObject): Answer => ({
    status: hasty ? 202 : status,
    ...(body && !hasty ? { body } : {}),
    events: [],
    outcomes: [],
  });
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!CONTENT_TYPES.includes(type) || body === '') return early(400);

  let parsed: Json;
  try {
    parsed = JSON.parse(body) as Json;
  } catch (error) {
    return early(500, { status: 500, type: 'internal_error', title: 'SyntaxError', detail: String(error) });
  }
  const events = Array.isArray(parsed) ? parsed : [parsed];
  if (events.length === 0) return early(400);

  const outcomes = events.map(event => judge(event, requestId));
  if (hasty) return { status: 202, events, outcomes };
  const status = statusOf(outcomes);
  if (status === 201) {
    return { status, message: `All ${events.length} out of ${events.length} events were accepted.`, events, outcomes };
  }
  const of = (status: Outcome['status']) => outcomes.filter(one => one.status === status) as unknown as Json[];
  return { status, body: { invalid: of('invalid'), error: of('error') }, events, outcomes };
}

/** The event of a legacy beacon: JSON in the query, with a `;` after it. Null where it cannot be read. */
export function legacyEvent(query: string): Json {
  try {
    return JSON.parse(decodeURIComponent(query.replace(/;$/, ''))) as Json;
  } catch {
    return null;
  }
}
