/**
 * What @wikimedia/jsonschema-tools makes of a `current.yaml`: every `$ref` replaced by what it refers to, every `allOf`
 * merged into the schema around it. So a draft can be tried before it is materialized.
 * Source: wikimedia/jsonschema-tools lib/jsonschema-tools.js (dereferenceSchema, enforceNumericBounds), and the rules of
 * json-schema-merge-allof that it merges by.
 */

import { isJsonObject } from '../platform/json.ts';
import type { Json, JsonObject } from '../record/record.ts';
import { valueAt } from '../platform/pointer.ts';

/** Finds a schema by the URI in a `$ref`; rejects with an Error that says why there is none. */
export type LoadSchema = (uri: string) => Promise<JsonObject>;

/** Drafts in use refer to some 10 fragments; a hostile one must come to an end. */
const LIMITS = { references: 500, depth: 100 };

const same = (one: Json, other: Json) => JSON.stringify(one) === JSON.stringify(other);

/** Replaces each `$ref`; what stands beside it wins, as in json-schema-ref-parser. */
function createDereferencer(load: LoadSchema) {
  let left = LIMITS.references;

  async function resolve(reference: string, root: JsonObject, trail: readonly string[]): Promise<Json> {
    if (trail.includes(reference)) throw new Error(`$ref ${reference} leads back to itself`);
    if (left-- <= 0) throw new Error(`there are more than ${LIMITS.references} $refs`);
    const [uri = '', fragment = ''] = reference.split('#');
    const document = uri === '' ? root : await load(uri);
    const target = valueAt(document, decodeURIComponent(fragment));
    if (target === undefined) throw new Error(`$ref ${reference}: there is nothing at #${fragment} in ${uri || 'it'}`);
    return walk(target, document, [...trail, reference]);
  }

  async function walk(value: Json, root: JsonObject, trail: readonly string[], depth = 0): Promise<Json> {
    if (depth > LIMITS.depth) throw new Error(`it is nested more than ${LIMITS.depth} deep`);
    if (Array.isArray(value)) {
      const items: Json[] = [];
      for (const item of value) items.push(await walk(item, root, trail, depth + 1));
      return items;
    }
    if (!isJsonObject(value)) return value;
    const { $ref: reference, ...rest } = value;
    const entries: [string, Json][] = [];
    for (const [key, inner] of Object.entries(typeof reference === 'string' ? rest : value)) {
      entries.push([key, await walk(inner, root, trail, depth + 1)]);
    }
    // Unlike an assignment this takes __proto__ for a name.
    const own: JsonObject = Object.fromEntries(entries);
    if (typeof reference !== 'string') return own;
    const target = await resolve(reference, root, trail);
    return isJsonObject(target) ? { ...target, ...own } : target;
  }

  return (schema: JsonObject) => walk(schema, schema, []);
}

type Merge = (values: Json[]) => Json | undefined;

const first: Merge = ([value]) => value;
const highest: Merge = values => Math.max(...values.map(Number));
const lowest: Merge = values => Math.min(...values.map(Number));

const lists = (values: Json[]) => values.map(value => (Array.isArray(value) ? value : [value]));

/** What all lists have; a single one is no list any more where the schema allows that. */
function common(values: Json[]): Json[] {
  const [one = [], ...others] = lists(values);
  return one.filter(item => others.every(list => list.some(other => same(item, other))));
}

const sorted = (values: Json[]) => values.toSorted((a, b) => (String(a) < String(b) ? -1 : 1));

const KEYWORDS: { [keyword: string]: Merge } = {
  $id: first,
  $schema: first,
  title: first,
  description: first,
  default: first,
  examples: first,
  required: values => sorted([...new Set(lists(values).flat())]),
  enum: values => (common(values).length > 0 ? sorted(common(values)) : undefined),
  type: values => (common(values).length > 1 ? common(values) : common(values)[0]),
  uniqueItems: values => values.includes(true),
  maximum: lowest,
  exclusiveMaximum: lowest,
  maxLength: lowest,
  maxItems: lowest,
  maxProperties: lowest,
  minimum: highest,
  exclusiveMinimum: highest,
  minLength: highest,
  minItems: highest,
  minProperties: highest,
};

const SCHEMAS = ['additionalProperties', 'additionalItems', 'contains', 'propertyNames', 'items', 'not'];
const SCHEMAS_BY_NAME = ['properties', 'patternProperties', 'definitions'];
/** What has no merged form stays an `allOf`, which means the same. */
const KEPT = ['pattern', 'anyOf', 'oneOf', 'not', 'multipleOf'];

const flatten = (schema: JsonObject): JsonObject[] => {
  const { allOf, ...own } = schema;
  return Array.isArray(allOf) ? [own, ...allOf.filter(isJsonObject).flatMap(flatten)] : [schema];
};

function mergeNamed(groups: Json[], path: string): JsonObject {
  const names = new Set(groups.filter(isJsonObject).flatMap(Object.keys));
  return Object.fromEntries(
    [...names].map(name => {
      const schemas = groups.flatMap(group =>
        isJsonObject(group) && Object.hasOwn(group, name) ? [group[name] ?? null] : [],
      );
      return [name, merge(schemas, `${path}/${name}`)];
    }),
  );
}

/** One schema for several that must all hold. */
function merge(schemas: Json[], path: string): Json {
  if (schemas.includes(false)) return false;
  const objects = schemas.filter(isJsonObject).flatMap(flatten);
  if (objects.length === 0) return schemas[0] ?? true;
  const merged: JsonObject = {};
  const kept: Json[] = [];
  for (const keyword of new Set(objects.flatMap(Object.keys))) {
    const values: Json[] = [];
    for (const object of objects) {
      const value = object[keyword];
      if (value !== undefined && !values.some(other => same(other, value))) values.push(value);
    }
    const [value = null] = values;
    if (SCHEMAS_BY_NAME.includes(keyword)) {
      const named = mergeNamed(values, `${path}/${keyword}`);
      if (Object.keys(named).length > 0 || keyword === 'definitions') merged[keyword] = named;
    } else if (
      SCHEMAS.includes(keyword) &&
      values.every(one => !Array.isArray(one)) &&
      !(keyword === 'not' && values.length > 1)
    )
      merged[keyword] = merge(values, `${path}/${keyword}`);
    else if (values.length === 1) {
      merged[keyword] =
        ['anyOf', 'oneOf'].includes(keyword) && Array.isArray(value) ? value.map(one => merge([one], path)) : value;
    } else if (KEPT.includes(keyword)) kept.push(...values.map(one => ({ [keyword]: one })));
    else {
      const result = KEYWORDS[keyword]?.(values);
      if (result === undefined) {
        throw new Error(
          `${keyword} at ${path || '/'} differs between the schemas that allOf joins: ${JSON.stringify(values)}`,
        );
      }
      merged[keyword] = result;
    }
  }
  return kept.length > 0 ? { ...merged, allOf: kept } : merged;
}

/** Numbers without bounds get those that JavaScript and Hive can hold. */
function bound(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(bound);
  if (!isJsonObject(schema)) return schema;
  const bounded: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const holdsSchemas = SCHEMAS.includes(keyword) || ['allOf', 'anyOf', 'oneOf'].includes(keyword);
    if (SCHEMAS_BY_NAME.includes(keyword) && isJsonObject(value)) {
      bounded[keyword] = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, bound(inner)]));
    } else bounded[keyword] = holdsSchemas ? bound(value) : value;
  }
  if (schema['type'] === 'number' || schema['type'] === 'integer') {
    bounded['minimum'] ??= Number.MIN_SAFE_INTEGER;
    bounded['maximum'] ??= Number.MAX_SAFE_INTEGER;
  }
  return bounded;
}

/**
 * Materializes a schema as jsonschema-tools does, but makes up no example.
 * Rejects with an Error that says which `$ref` or keyword is at fault.
 */
export async function materialize(schema: JsonObject, load: LoadSchema): Promise<JsonObject> {
  const merged = bound(merge([await createDereferencer(load)(schema)], ''));
  if (!isJsonObject(merged)) throw new Error('it is not an object at its top');
  // A fragment's examples say nothing of this schema.
  if (schema['examples'] === undefined) delete merged['examples'];
  return merged;
}

/** Whether anything in it is left to be materialized. */
export function isDraft(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.some(isDraft);
  if (!isJsonObject(schema)) return false;
  return Object.entries(schema).some(
    ([keyword, value]) => (keyword === '$ref' && typeof value === 'string') || keyword === 'allOf' || isDraft(value),
  );
}
