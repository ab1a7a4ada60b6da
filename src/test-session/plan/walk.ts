/** Compares a YAML document with the plan's schema: each fault at its field. */

import { isAlias, isMap, isScalar, isSeq, type Node as YamlNode, type ParsedNode } from 'yaml';
import { alternatives, PLAN_SCHEMA, type Schema, typesOf } from './schema.ts';

export type Path = (string | number)[];
/** Told of each fault: where in the plan, at which offset of the text, and what. */
export type Report = (path: Path, offset: number, message: string) => void;

export const offsetOf = (node: unknown): number => (node as Partial<YamlNode> | null)?.range?.[0] ?? 0;

function typeOf(node: unknown): string {
  if (isMap(node)) return 'object';
  if (isSeq(node)) return 'array';
  const value = isScalar(node) ? node.value : null;
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'bigint' ? 'integer' : typeof value;
}

function fitsType(schema: Schema, type: string): boolean {
  const types = typesOf(schema);
  if (schema.const !== undefined || schema.enum) return type !== 'object' && type !== 'array';
  return types.length === 0 || types.includes(type) || (type === 'integer' && types.includes('number'));
}

const listed = (values: readonly unknown[]) => values.map(value => JSON.stringify(value)).join(', ');

function wanted(schemas: Schema[]): string {
  const words = schemas.flatMap(schema => {
    if (schema.const !== undefined) return [JSON.stringify(schema.const)];
    if (schema.enum) return [`one of ${listed(schema.enum)}`];
    const words: { [type: string]: string } = {
      object: 'a map',
      array: 'a list',
      string: 'a text',
      integer: 'a whole number',
    };
    return typesOf(schema).map(type => words[type] ?? `a ${type}`);
  });
  return [...new Set(words)].join(' or ');
}

/** The name of all that is near what was written. */
function near(name: string, known: string[]): string {
  const simple = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const guess = known.find(one => simple(one) === simple(name) || simple(one).startsWith(simple(name).slice(0, 4)));
  return guess !== undefined && simple(name).length >= 3
    ? `Did you mean "${guess}"?`
    : `Known here: ${known.join(', ')}.`;
}

/** Goes through the whole plan. */
export function walk(root: ParsedNode | null, report: Report): void {
  visit(root, [PLAN_SCHEMA], [], report);
}

function visit(node: unknown, schemas: Schema[], path: Path, report: Report): void {
  const tell = (message: string, at: unknown = node) => report(path, offsetOf(at), message);
  if (isAlias(node)) return tell('Aliases are not supported: write it out.');
  const all = schemas.flatMap(alternatives);
  const type = typeOf(node);
  const fitting = all.filter(schema => fitsType(schema, type));
  if (fitting.length === 0)
    return tell(`Expected ${wanted(all)}${type === 'null' ? '' : `, not ${shown(node, type)}`}.`);
  if (isMap(node)) visitMap(node.items, fitting, path, report, node);
  else if (isSeq(node)) visitList(node.items, fitting, path, report, node);
  else visitScalar(isScalar(node) ? node.value : null, fitting, tell);
}

const shown = (node: unknown, type: string): string =>
  type === 'object' ? 'a map' : type === 'array' ? 'a list' : JSON.stringify(isScalar(node) ? node.value : null);

function visitScalar(value: unknown, schemas: Schema[], tell: (message: string) => void): void {
  const complaints = schemas.map(schema => {
    if (schema.const !== undefined && schema.const !== value) return `Expected ${JSON.stringify(schema.const)}.`;
    if (schema.enum && !schema.enum.includes(value))
      return `${JSON.stringify(value)} is none of ${listed(schema.enum)}.`;
    if (schema.minimum !== undefined && Number(value) < schema.minimum) return `Expected ${schema.minimum} or more.`;
    if (typeof value !== 'string') return null;
    if (value.length < (schema.minLength ?? 0)) return 'Expected a text that is not empty.';
    if (value.length > (schema.maxLength ?? Infinity)) return `Expected at most ${schema.maxLength} characters.`;
    return null;
  });
  if (complaints.every(complaint => complaint !== null)) tell(complaints[0] ?? '');
}

function visitList(items: readonly unknown[], schemas: Schema[], path: Path, report: Report, node: unknown): void {
  const [schema = {}] = schemas;
  const { minItems = 0, maxItems = Infinity } = schema;
  if (items.length < minItems) report(path, offsetOf(node), `Expected a list of ${minItems} or more.`);
  if (items.length > maxItems) report(path, offsetOf(node), `Expected a list of ${maxItems}.`);
  const of = schemas.flatMap(({ items: one }) => one ?? []);
  if (of.length > 0) items.forEach((item, index) => visit(item, of, [...path, index], report));
}

interface PairLike {
  key: unknown;
  value: unknown;
}

function visitMap(pairs: readonly PairLike[], fitting: Schema[], path: Path, report: Report, node: unknown): void {
  const keys = pairs.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
  // Of several kinds of map, the one that knows most of what is there.
  const knows = ({ properties = {} }: Schema) => keys.filter(key => Object.hasOwn(properties, key)).length;
  const [schema = {}] = [...fitting].sort((a, b) => knows(b) - knows(a));
  const { properties = {}, required = [], minProperties = 0, additionalProperties } = schema;
  for (const [index, { key, value }] of pairs.entries()) {
    const name = keys[index] ?? '';
    const inside = [...path, name];
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const known = own ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (known) visit(value ?? key, [known], inside, report);
    else if (additionalProperties === false) {
      report(inside, offsetOf(key), `"${name}" is not known here. ${near(name, Object.keys(properties))}`);
    }
  }
  for (const name of required) {
    if (!keys.includes(name)) report(path, offsetOf(node), `"${name}" is missing.`);
  }
  if (pairs.length < minProperties) report(path, offsetOf(node), 'Expected at least one entry.');
}
