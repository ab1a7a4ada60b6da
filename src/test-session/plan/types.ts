/** A plan: what a test session is expected to record. `plan.schema.json` describes the same for editors. */

import type { Json } from '../../record/record.ts';

/** One name, several of which one, or a regular expression of linear time (`pattern.ts`). */
export type Names = string | string[] | { matches: string };

export const JSON_TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const;
export type JsonType = (typeof JSON_TYPES)[number];

/** What a value of the event has to be. Several are all to hold. A plain value is `equals`. */
export interface Condition {
  equals?: Json;
  oneOf?: Json[];
  matches?: string;
  exists?: boolean;
  type?: JsonType;
}

/** Which records: all that is said is to hold. Of decisions, only what was accepted (or seen on the wire), unless it says so. */
export interface Selector {
  client?: Names;
  api?: Names;
  stream?: Names;
  instrument?: Names;
  experiment?: Names;
  /** The group that the event says it belongs to: `experiment.assigned`. */
  group?: Names;
  action?: Names;
  schema?: Names;
  decision?: Names;
  reason?: Names;
  verdict?: Names;
  delivery?: Names;
  /** Names of checks that found something; `none`: no check did. */
  checks?: Names;
  override?: 'forced' | 'none';
  /** `funnel_event_sequence_position`. */
  funnel?: number;
  /** By path in the event: `performer.session_id` or `/performer/session_id`. */
  fields?: { [path: string]: Json | Condition };
}

export interface Expectation {
  name?: string;
  /** It is about sessions under an override, or of one group of an experiment; else it is skipped. */
  for?: { experiment?: string; group?: string; override?: boolean };
  of?: Selector;
  exactly?: number;
  atLeast?: number;
  atMost?: number;
  never?: true;
  /** Each of `of` is such a one, too. */
  have?: Selector;
  /** Each of `of` comes so soon after the step began: `2 s`, `500 ms`, `1 min`. */
  within?: string;
  /** None of `of` comes before the first of these, or before that step began. */
  notBefore?: Selector | { step: string };
  /** No two of `of` are the same, ids and times aside; or have the same values at these paths. */
  noDuplicates?: true | string[];
  /** Positions within each funnel of `of` count up by one. */
  funnel?: 'in-order';
  /** Where there are some of these, their first ones come in this order. */
  sequence?: Selector[];
  /** There is at least one of each, in any order. */
  anywhere?: Selector[];
  /** Each of the second comes directly after one of the first, on its stream. */
  directlyAfter?: [Selector, Selector];
  /** On these streams there is nothing that no other expectation of the step speaks of. */
  nothingElse?: string | string[];
}

export interface Step {
  step: string;
  /** It begins by itself when a page whose address contains this is loaded. */
  url?: string;
  expect: Expectation[];
}

export interface Plan {
  plan: 1;
  name: string;
  about?: string;
  steps: Step[];
  /** Over the whole session. */
  expect: Expectation[];
}

export const COUNTS = ['exactly', 'atLeast', 'atMost', 'never'] as const;
/** An expectation is of one of these kinds; `atLeast` and `atMost` may go together. */
export const KINDS = [
  ...COUNTS,
  'have',
  'within',
  'notBefore',
  'noDuplicates',
  'funnel',
  'sequence',
  'anywhere',
  'directlyAfter',
  'nothingElse',
] as const satisfies readonly (keyof Expectation)[];
export type Kind = (typeof KINDS)[number];

/** Kinds that are about the records of `of`. */
export const OF_KINDS: readonly Kind[] = [...COUNTS, 'have', 'within', 'notBefore', 'noDuplicates', 'funnel'];

/** Something that is wrong in a plan's text. Line and column count from 1. */
export interface Fault {
  line: number;
  column: number;
  /** Where in the plan, such as `steps.0.expect.2.within`. */
  path: string;
  message: string;
}
