/** The query language over a short list, such as the streams of a page: looked through as a whole. */

import type { Json } from '../../record/record.ts';
import { compile, type Field, type Fields, faultsOf } from './compile.ts';
import { textMatcher } from './match.ts';
import { parseQuery } from './parse.ts';
import type { Fault } from './syntax.ts';

export interface ListFields<T> {
  named: { [name: string]: Field<T> };
  is?: Fields<T>['is'];
  /** Where paths lead into, such as a stream's config. */
  body?: (item: T) => Json | undefined;
  /** What free text is looked for in. */
  words(item: T): readonly string[];
}

export function fieldsOf<T>({ named, is = {}, body = () => undefined, words }: ListFields<T>): Fields<T> {
  return {
    named,
    is,
    body,
    text(value) {
      const matches = textMatcher(value, false);
      return item => words(item).some(word => matches(word.toLowerCase()));
    },
  };
}

/** Those of the items that a query finds, in their order; and what is wrong with it. */
export function search<T>(items: readonly T[], text: string, fields: Fields<T>): { found: T[]; faults: Fault[] } {
  const { query, faults } = parseQuery(text);
  const test = compile(query, fields);
  const all = [...faults, ...faultsOf(query, fields)].sort((a, b) => a.from - b.from);
  return { found: items.filter((item, index) => test(item, index)), faults: all };
}
