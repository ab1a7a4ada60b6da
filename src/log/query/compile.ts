/** A query as a test of one kind of thing, such as records. */

import type { Json } from '../../record/record.ts';
import type { Answers } from './answers.ts';
import { matcherOf } from './match.ts';
import type { Fault, Query, Term, Value } from './syntax.ts';
import { termsOf } from './parse.ts';
import { valueAt } from './paths.ts';

export type Predicate<T> = (item: T, index: number) => boolean;

export interface Field<T> {
  /** What an item has there; undefined for nothing, a list for several. */
  of(item: T): Json | undefined;
  /** The closed list of its values: they are met as a whole, and others are a fault. */
  list?: readonly string[];
  /** Takes only numbers. */
  number?: true;
}

/** What can be asked of a kind of thing. */
export interface Fields<T> {
  /** The field of this name; any other name is a path. */
  named: { [name: string]: Field<T> };
  /** Where any other path leads into, such as a record's event. */
  body(item: T): Json | undefined;
  /** Tests that `is:` makes, by name. */
  is: { [name: string]: (item: T) => boolean };
  /** Looks for a text anywhere in an item. */
  text(value: Value): Predicate<T>;
}

const OWN = ['is', 'has'];

/**
 * Compiles a query. What is at fault is met by everything, and so is its contrary.
 * @param answers what is known of the items by earlier queries; without, each item is looked at anew
 */
export function compile<T>(query: Query, fields: Fields<T>, answers?: Answers<T>): Predicate<T> {
  switch (query.kind) {
    case 'all':
      return () => true;
    case 'not': {
      // What is at fault asks for nothing, nor for its contrary: so is a word of a closed list that is half written.
      if (query.of.kind === 'term' && faultOf(query.of, fields)) return () => true;
      const of = compile(query.of, fields, answers);
      return (item, index) => !of(item, index);
    }
    case 'and':
    case 'or': {
      const of = query.of.map(part => compile(part, fields, answers));
      /** What one test has to answer for all to be decided. */
      const decides = query.kind === 'or';
      return (item, index) => {
        for (const test of of) if (test(item, index) === decides) return decides;
        return !decides;
      };
    }
    case 'term':
      if (faultOf(query, fields)) return () => true;
      return answers ? answers.of(query, () => testOf(query, fields)) : testOf(query, fields);
  }
}

function testOf<T>({ field, operator, value }: Term, fields: Fields<T>): Predicate<T> {
  if (!field) return fields.text(value);
  const { name } = field;
  if (name === 'is') return own(fields.is, value.text) ?? (() => false);
  if (name === 'has') {
    const get = getterOf(value.text, fields);
    return item => isThere(get(item));
  }
  const known = own(fields.named, name);
  const get = getterOf(name, fields);
  const matches = matcherOf(operator, value, known?.list !== undefined);
  return item => matches(get(item));
}

function getterOf<T>(name: string, { named, body }: Fields<T>): (item: T) => Json | undefined {
  const known = own(named, name);
  if (known) return known.of;
  const steps = name.replace(/^event\./, '').split('.');
  return item => valueAt(body(item), steps);
}

const isThere = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** What is wrong with the terms of a query, by what can be asked. */
export function faultsOf<T>(query: Query, fields: Fields<T>): Fault[] {
  return termsOf(query)
    .map(term => faultOf(term, fields))
    .filter(fault => fault !== null);
}

function faultOf<T>({ field, operator, value }: Term, { named, is }: Fields<T>): Fault | null {
  if (!field) return null;
  const { from, to, text } = value;
  const list = field.name === 'is' ? Object.keys(is) : own(named, field.name)?.list;
  if (list && (operator === ':' || operator === ':=') && !isPattern(value) && !list.includes(text.toLowerCase())) {
    return { code: 'unknown-value', what: list.join(', '), from, to };
  }
  const isNumber = /^(?:-?[\d.]+|(?:-?[\d.]+|\*)\.\.(?:-?[\d.]+|\*))$/.test(text);
  return own(named, field.name)?.number && !isNumber && !isPattern(value)
    ? { code: 'not-a-number', what: text, from, to }
    : null;
}

const isPattern = ({ text, quoted }: Value): boolean => !quoted && /[*?]/.test(text);

/** The names that can be asked for, without paths. */
export const namesOf = <T>({ named }: Fields<T>): string[] => [...Object.keys(named), ...OWN];

function own<V>(map: { [name: string]: V }, name: string): V | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
