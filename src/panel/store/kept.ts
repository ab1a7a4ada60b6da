import { isBoolean, isNumber, isString, list, oneOf, only, shape } from '../../log/guards.ts';
import type { Limit } from '../../log/types.ts';
import { type Column, COLUMNS, type PanelState, type Saved } from './state.ts';

/** What of the panel outlives it: the user's own choices, nothing of a page. */
export interface Kept {
  query: string;
  marks: boolean;
  saved: Saved[];
  columns: Column[];
  preserve: boolean;
  limit: Limit;
}

export function keptOf({ find, saved, columns, preserve, limit }: PanelState): Kept {
  return { query: find.text, marks: find.marks, saved, columns, preserve, limit };
}

const isCount = (value: unknown): value is number => isNumber(value) && value >= 1_000;

/** What was kept, as far as it can be read: another version of the extension may have kept it. */
export function readKept(value: unknown): Partial<Kept> {
  if (typeof value !== 'object' || value === null) return {};
  return only<Partial<Kept>, keyof Kept>(value, {
    query: isString,
    marks: isBoolean,
    saved: list(shape<Saved>({ name: isString, text: isString })),
    columns: list(oneOf(COLUMNS)),
    preserve: isBoolean,
    limit: shape<Limit>({ records: isCount, size: isCount }),
  });
}
