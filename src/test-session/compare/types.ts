import type { Json, Record } from '../../record/record.ts';

export interface FieldChange {
  /** JSON Pointer into the event, or `decision`, `delivery` and the like of the record. */
  path: string;
  /** Undefined where it is not there. */
  before: Json | undefined;
  after: Json | undefined;
}

/** `reordered`: it is there in both, at another place among the others of its step. */
export type Difference =
  | { kind: 'added'; step: string; key: string; after: Record }
  | { kind: 'missing'; step: string; key: string; before: Record }
  | { kind: 'reordered' | 'changed'; step: string; key: string; before: Record; after: Record; fields: FieldChange[] }
  /** The page of a step was loaded by another query. */
  | { kind: 'changed'; step: string; key: string; before: null; after: null; fields: FieldChange[] };

export interface Comparison {
  differences: Difference[];
  /** Pairs in which nothing differs. */
  same: number;
  counts: { added: number; missing: number; reordered: number; changed: number };
}
