import type { Json, JsonObject } from '../../record/record.ts';
import { hasWords } from '../shared/words.ts';

/** A field as a schema describes it. */
export interface Field {
  /** Names from the root, `[]` for the items of a list, `*` for any name. */
  path: string;
  depth: number;
  type: string;
  required: boolean;
  /** What the schema says of it, in its own words. */
  description: string;
  /** What else it demands: allowed values, a pattern, bounds. */
  rules: [keyword: string, value: Json][];
}

const RULES = [
  'enum',
  'const',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'maxItems',
  'default',
];
/** So many fields are read of a schema; a hostile one may have any number. */
export const MOST_FIELDS = 2_000;
const DEEPEST = 12;

/** The fields of a schema whose references are resolved, as the repositories have them, in the schema's order. */
export function fieldsOf(schema: JsonObject): Field[] {
  const fields: Field[] = [];

  function walk(node: JsonObject, path: string, depth: number): void {
    if (depth > DEEPEST) return;
    const required = Array.isArray(node['required']) ? node['required'] : [];
    const properties = node['properties'];
    if (isObject(properties))
      for (const [name, member] of Object.entries(properties))
        add(member, path === '' ? name : `${path}.${name}`, depth, required.includes(name));
    if (isObject(node['items'])) add(node['items'], `${path}[]`, depth, false);
    if (isObject(node['additionalProperties'])) add(node['additionalProperties'], `${path}.*`, depth, false);
  }

  function add(member: Json, path: string, depth: number, required: boolean): void {
    if (!isObject(member) || fields.length >= MOST_FIELDS) return;
    const { type, description } = member;
    fields.push({
      path,
      depth,
      type: Array.isArray(type) ? type.join(' | ') : typeof type === 'string' ? type : '',
      required,
      description: typeof description === 'string' ? description.trim() : '',
      rules: RULES.flatMap(rule => (member[rule] === undefined ? [] : [[rule, member[rule]] as [string, Json]])),
    });
    walk(member, path, depth + 1);
  }

  walk(schema, '', 0);
  return fields;
}

/** The fields that have every word of the query in their path or description. */
export const matching = (fields: readonly Field[], query: string): Field[] =>
  fields.filter(({ path, description }) => hasWords(`${path} ${description}`, query));

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
