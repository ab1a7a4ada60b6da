import { titleOf } from '../platform/intake.ts';
import { textAt } from '../platform/json.ts';
import type { Json, JsonObject, Record } from '../record/record.ts';
import type { Leaf, Page, Subject } from './types.ts';

/** An event with more values is a heap of data, and the rest of it more of the same. */
const MOST_LEAVES = 2_000;
const MOST_DEPTH = 50;

function collect(value: Json, path: string, key: string, depth: number, leaves: Leaf[]): void {
  if (leaves.length >= MOST_LEAVES || depth > MOST_DEPTH) return;
  if (typeof value !== 'object' || value === null) {
    leaves.push({ path, key, value });
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      collect(value[index] ?? null, `${path}/${index}`, key, depth + 1, leaves);
  } else {
    for (const name of Object.keys(value)) {
      const step = /[~/]/.test(name) ? name.replace(/~/g, '~0').replace(/\//g, '~1') : name;
      collect(value[name] ?? null, `${path}/${step}`, name, depth + 1, leaves);
    }
  }
}

export interface Surroundings {
  config?: JsonObject | null;
  schema?: JsonObject | null;
  newest?: string | null;
  page?: Page;
  atCall?: JsonObject | null;
  asReceived?: boolean;
  now?: number;
}

/** What checks look at; null for a record without an event. `now` is in milliseconds since the epoch. */
export function subjectOf(record: Record, surroundings: Surroundings = {}): Subject | null {
  const { event } = record;
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return null;
  const uri = textAt(event, '$schema') ?? '';
  const time = Date.parse(record.time);
  let leaves: Leaf[] | null = null;
  return {
    record,
    event,
    uri,
    title: titleOf(uri),
    config: surroundings.config ?? null,
    schema: surroundings.schema ?? null,
    newest: surroundings.newest ?? null,
    page: surroundings.page ?? {},
    atCall: surroundings.atCall ?? null,
    asReceived: surroundings.asReceived ?? false,
    now: surroundings.now ?? Date.now(),
    at: record.api === '' || record.client === 'unknown' || Number.isNaN(time) ? null : time,
    get leaves() {
      if (!leaves) collect(event, '', '', 0, (leaves = []));
      return leaves;
    },
  };
}
