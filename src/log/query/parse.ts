/** The query language: Lucene's, as far as one types it into a field. It is read as far as it goes, faults aside. */

import { type Fault, type Operator, OPERATORS, type Query, type Span, type Term, type Value } from './syntax.ts';

export interface Parsed {
  query: Query;
  /** By position. What is at fault counts as not written. */
  faults: Fault[];
}

/** In UTF-16 units. */
const LONGEST = 10_000;
const DEEPEST = 50;

/** A field's name: a word, or a path into the event such as `performer.edit_count`. */
const FIELD = /(?:([A-Za-z_$@][\w$@.-]*)|"((?:[^"\\]|\\.)+)"):(?!\/\/)/y;
const SPACE = /\s*/y;
const BARE = /(?:[^\s()"\\]|\\[^])+/y;
const QUOTED = /"((?:[^"\\]|\\[^])*)("?)/y;

/**
 * Reads a query such as `stream:web_ui* (action:click OR action:hover) -verdict:valid performer.edit_count:>100 "free
 * text"`: terms side by side must all be met, `OR` binds less than that, `-` and `NOT` negate, `field:(a OR b)` is about one
 * field. Never throws.
 */
export function parseQuery(text: string): Parsed {
  const faults: Fault[] = [];
  let at = 0;
  let depth = 0;
  if (text.length > LONGEST) {
    return { query: { kind: 'all' }, faults: [{ code: 'too-long', what: String(LONGEST), from: 0, to: text.length }] };
  }

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  }

  function fault(code: Fault['code'], from: number, to: number, what = text.slice(from, to)): null {
    faults.push({ code, what, from, to });
    return null;
  }

  /** Takes `AND`, `OR` or `NOT` where it stands as a word. */
  function word(of: string): boolean {
    match(SPACE);
    const end = at + of.length;
    if (text.slice(at, end) !== of || !/^(?:[\s()"]|$)/.test(text.slice(end, end + 1))) return false;
    at = end;
    return true;
  }

  function or(field: Term['field']): Query | null {
    const of = [and(field)];
    while (word('OR')) {
      const to = at;
      const next = and(field);
      if (!next || !of.at(-1)) fault('missing-operand', to - 2, to);
      of.push(next);
    }
    return join('or', of);
  }

  function and(field: Term['field']): Query | null {
    const of: (Query | null)[] = [];
    for (;;) {
      match(SPACE);
      const from = at;
      if (at >= text.length || text[at] === ')' || isNext('OR')) break;
      if (word('AND')) {
        if (of.length === 0 || isEnd()) fault('missing-operand', from, from + 3);
        continue;
      }
      of.push(not(field));
      if (at === from) break;
    }
    return join('and', of);
  }

  function isNext(of: string): boolean {
    const before = at;
    const found = word(of);
    at = before;
    return found;
  }

  function isEnd(): boolean {
    match(SPACE);
    return at >= text.length || text[at] === ')' || isNext('OR');
  }

  function not(field: Term['field']): Query | null {
    const from = at;
    const minus = text[at] === '-';
    if (minus) at++;
    else if (!word('NOT')) return primary(field);
    const to = at;
    if (isEnd() || (minus && at > to)) return fault('missing-operand', from, to);
    if (++depth > DEEPEST) return skip(from);
    const of = not(field);
    depth--;
    return of && { kind: 'not', of };
  }

  /** What is nested too deeply is not read at all. */
  function skip(from: number): null {
    at = text.length;
    return fault('too-long', from, at, String(DEEPEST));
  }

  function group(field: Term['field']): Query | null {
    const from = at++;
    if (++depth > DEEPEST) return skip(from);
    const inner = or(field);
    depth--;
    match(SPACE);
    if (text[at] === ')') at++;
    else if (!faults.some(({ code }) => code === 'too-long')) fault('unclosed-group', from, from + 1);
    return inner;
  }

  function primary(field: Term['field']): Query | null {
    const from = at;
    if (text[at] === '(') return group(field);
    const named = field ? null : match(FIELD);
    const name = named && (named[1] ?? plain(named[2] ?? ''));
    const own = named && name !== null ? { name, from, to: at - 1 } : field;
    if (named) {
      at--;
      const operator = OPERATORS.toSorted((a, b) => b.length - a.length).find(one => text.startsWith(one, at)) ?? ':';
      at += operator.length;
      if (text[at] === '(' && operator === ':') return group(own);
      return term(from, own, operator);
    }
    return term(from, own, ':');
  }

  function term(from: number, field: Term['field'], operator: Operator): Query | null {
    const value = valueHere();
    if (!value) return field ? fault('missing-value', from, at) : null;
    return { kind: 'term', field, operator, value, from, to: at };
  }

  function valueHere(): Value | null {
    const from = at;
    const inQuotes = match(QUOTED);
    if (inQuotes) {
      if (inQuotes[2] === '') fault('unclosed-quote', from, at);
      return { text: plain(inQuotes[1] ?? ''), quoted: true, from, to: at };
    }
    const bare = match(BARE);
    if (bare) return { text: bare[0], quoted: false, from, to: at };
    // A lone backslash at the end.
    if (text[at] === '\\') return { text: text[at++] ?? '', quoted: true, from, to: at };
    return null;
  }

  const parts: (Query | null)[] = [];
  for (;;) {
    parts.push(or(null));
    match(SPACE);
    if (text[at] !== ')') break;
    fault('unopened-group', at, ++at);
  }
  faults.sort((a, b) => a.from - b.from);
  return { query: join('and', parts) ?? { kind: 'all' }, faults };
}

function join(kind: 'and' | 'or', parts: readonly (Query | null)[]): Query | null {
  const of = parts.filter(part => part !== null);
  return of.length > 1 ? { kind, of } : (of[0] ?? null);
}

const plain = (text: string): string => text.replace(/\\([^])/g, '$1');

/** All terms of a query, in the order in which they are written. */
export function termsOf(query: Query): Term[] {
  if (query.kind === 'term') return [query];
  if (query.kind === 'not') return termsOf(query.of);
  return query.kind === 'all' ? [] : query.of.flatMap(termsOf);
}

/** Where the cursor stands in a query: what it would complete. */
export interface Cursor extends Span {
  /** The field whose value is being written; null where a field or free text is. */
  field: string | null;
  /** What stands there so far, up to the cursor. */
  prefix: string;
}

const BEFORE = /(?:^|[\s(])-?(?:([A-Za-z_$@][\w$@.-]*):(?:>=|<=|[=<>(])?)?("?[^\s()":]*)$/;

/** @returns null where nothing can be completed, such as within quotes */
export function cursorIn(text: string, caret: number): Cursor | null {
  const before = text.slice(0, caret);
  const found = BEFORE.exec(before);
  if (!found || isInQuotes(before.slice(0, found.index))) return null;
  const prefix = found[2] ?? '';
  const rest = /^[^\s()"]*/.exec(text.slice(caret))?.[0] ?? '';
  return {
    field: found[1] ?? null,
    prefix: prefix.replace('"', ''),
    from: caret - prefix.length,
    to: caret + rest.length,
  };
}

const isInQuotes = (text: string): boolean => (text.replace(/\\[^]/g, '').split('"').length - 1) % 2 === 1;
