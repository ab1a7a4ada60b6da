/** A schema from what was seen: types, what is always there, few values, longest texts. */

import { isJsonObject } from '../platform/json.ts';
import type { Json, JsonObject } from '../record/record.ts';

const MOST_VALUES = 10;
/** Wikimedia's usual limit of a short text, and the next where that is too short. */
const LENGTHS = [255, 1_000, 10_000];
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const TOKEN = /^[0-9a-f]{20}$/;

export interface Inferred {
  schema: JsonObject;
  /** What was seen that no schema of the platform can say: values of several types, nulls. */
  problems: string[];
}

/** Whether the values of a field are listed: always, where each was seen twice on average, or never. */
export type Listing = 'always' | 'where-repeated' | 'never';
export type ListingOf = (path: string) => Listing;

function textSchema(values: string[], listing: Listing): JsonObject {
  const longest = Math.max(...values.map(value => value.length));
  const maxLength = LENGTHS.find(limit => limit >= longest) ?? longest;
  if (values.every(value => TIME.test(value))) return { type: 'string', format: 'date-time', maxLength: 128 };
  if (values.every(value => TOKEN.test(value))) return { type: 'string', pattern: '^[0-9a-f]{20}$', maxLength: 20 };
  const distinct = [...new Set(values)].toSorted();
  const few = distinct.length <= MOST_VALUES;
  const listed =
    few && (listing === 'always' || (listing === 'where-repeated' && distinct.length <= values.length / 2));
  const shortest = values.some(value => value === '') ? {} : { minLength: 1 };
  return { type: 'string', ...shortest, maxLength, ...(listed ? { enum: distinct } : {}) };
}

function numberSchema(values: number[]): JsonObject {
  const minimum = values.every(value => value >= 0) ? { minimum: 0 } : { minimum: Number.MIN_SAFE_INTEGER };
  const type = values.every(Number.isInteger) ? 'integer' : 'number';
  return { type, ...minimum, maximum: Number.MAX_SAFE_INTEGER };
}

interface Work {
  problems: string[];
  listing: ListingOf;
}

function objectSchema(values: JsonObject[], path: string, work: Work): JsonObject {
  const names = [...new Set(values.flatMap(Object.keys))];
  const properties = names.flatMap((name): [string, JsonObject][] => {
    const seen = values.flatMap(value => (Object.hasOwn(value, name) ? [value[name] ?? null] : []));
    const schema = inferAt(seen, `${path}/${name}`, work);
    return schema ? [[name, schema]] : [];
  });
  const known = new Set(properties.map(([name]) => name));
  const required = names.filter(
    name => known.has(name) && values.every(value => Object.hasOwn(value, name) && value[name] !== null),
  );
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 ? { required: required.toSorted() } : {}),
    properties: Object.fromEntries(properties),
  };
}

const kindOf = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Null where nothing can be said. */
function inferAt(seen: Json[], path: string, work: Work): JsonObject | null {
  const { problems, listing } = work;
  const values = seen.filter(value => value !== null);
  if (values.length < seen.length) problems.push(`${path || '/'} is null in places: leave the field out instead`);
  const kinds = [...new Set(values.map(kindOf))];
  const [kind] = kinds;
  if (kind === undefined) return null;
  if (kinds.length > 1) {
    problems.push(`${path || '/'} has values of several types: ${kinds.toSorted().join(', ')}`);
    return null;
  }
  switch (kind) {
    case 'string':
      return textSchema(
        values.filter(value => typeof value === 'string'),
        listing(path),
      );
    case 'number':
      return numberSchema(values.filter(value => typeof value === 'number'));
    case 'boolean':
      return { type: 'boolean' };
    case 'array': {
      const items = inferAt(
        values.flatMap(value => (Array.isArray(value) ? value : [])),
        `${path}/0`,
        work,
      );
      return { type: 'array', ...(items ? { items } : {}) };
    }
    default:
      return objectSchema(values.filter(isJsonObject), path, work);
  }
}

/** A closed schema that all of these events keep to. `listing` takes a JSON Pointer; of an array's items `/0`. */
export function infer(events: readonly JsonObject[], listing: ListingOf): Inferred {
  const problems: string[] = [];
  const schema = inferAt([...events], '', { problems, listing }) ?? { type: 'object' };
  return { schema, problems };
}

/**
 * What an inferred schema says beyond another one that is merged with it: properties that the other has are left to it,
 * but which of them are required stays, and which few values they have.
 */
export function beyond(schema: JsonObject, other: JsonObject): JsonObject | null {
  const own = schema['properties'];
  const others = other['properties'];
  if (!isJsonObject(own) || !isJsonObject(others)) {
    const { enum: values } = schema;
    return values !== undefined && other['enum'] === undefined ? { enum: values } : null;
  }
  const properties = Object.entries(own).flatMap(([name, inner]): [string, Json][] => {
    const there = Object.hasOwn(others, name) ? others[name] : undefined;
    if (!isJsonObject(inner) || !isJsonObject(there)) return there === undefined ? [[name, inner]] : [];
    const rest = beyond(inner, there);
    return rest ? [[name, rest]] : [];
  });
  const theirs = Array.isArray(other['required']) ? other['required'] : [];
  const ours = Array.isArray(schema['required']) ? schema['required'] : [];
  const required = ours.filter(name => !theirs.includes(name));
  if (properties.length === 0 && required.length === 0) return null;
  return {
    ...(required.length > 0 ? { required } : {}),
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
  };
}
