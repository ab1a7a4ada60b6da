/** Ids and times of a session by the order in which they first come: what differs from run to run, made the same. */

import type { Json, Record } from '../../record/record.ts';
import { leavesOf, volatility } from '../content.ts';

/** The values of a record that are compared, by path. Those that change from run to run stand as `<hex 1>`. */
export type Values = Map<string, Json>;

/** Makes what normalises the records of one session, in their order. */
export function createNormaliser(): (record: Record) => Values {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();

  function name(kind: string, value: Json): string {
    const key = `${kind} ${JSON.stringify(value)}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const made = `<${kind} ${count}>`;
    names.set(key, made);
    return made;
  }

  return record => {
    const { client, decision, delivery, verdict, event, override } = record;
    const values: Values = new Map<string, Json>([
      ['client', client],
      ['decision', decision.reason === null ? decision.state : `${decision.state}: ${decision.reason}`],
      ['delivery', delivery.state],
      ['verdict', verdict.verdict],
      ['forced', override?.forced ?? false],
    ]);
    if (event === null) return values;
    for (const { path, name: field, value } of leavesOf(event)) {
      const kind = volatility(field, value);
      // A time says nothing but that there is one; the same identifier stays the same.
      values.set(
        path || '/',
        kind === null ? value : kind === 'time' ? '<time>' : name(kind === 'id' ? field : kind, value),
      );
    }
    return values;
  };
}
