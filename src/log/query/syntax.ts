/** What a query is made of. Positions are UTF-16 offsets into the query's text, `to` exclusive. */

export interface Span {
  from: number;
  to: number;
}

/** `:` contains, `:=` is exactly; the others compare. */
export const OPERATORS = [':', ':=', ':>=', ':<=', ':>', ':<'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Value extends Span {
  /** Of a text that is not quoted, `*` stands for anything and `?` for one character; `\` makes them plain. */
  text: string;
  quoted: boolean;
}

export interface Term extends Span {
  kind: 'term';
  /** Null of free text. */
  field: (Span & { name: string }) | null;
  operator: Operator;
  value: Value;
}

export type Query = { kind: 'all' } | { kind: 'and' | 'or'; of: Query[] } | { kind: 'not'; of: Query } | Term;

/** What is wrong with a query. `what`: the word that it is about, or what would be right. */
export interface Fault extends Span {
  code:
    | 'unclosed-quote'
    | 'unclosed-group'
    | 'unopened-group'
    | 'missing-operand'
    | 'missing-value'
    | 'unknown-value'
    | 'not-a-number'
    | 'too-long';
  what: string;
}

/** Quotes a text where it would otherwise be read as more than one plain word. */
export function quoted(text: string): string {
  return /^[^\s()":*?\\<>=-][^\s()"*?\\]*$/.test(text) && !OPERATOR_WORDS.includes(text)
    ? text
    : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

export const OPERATOR_WORDS = ['AND', 'OR', 'NOT'];
