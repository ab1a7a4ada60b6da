/** Ids and times of a session by the order in which they first come: what differs from run to run, made the same. */

import { below } from '../../platform/pointer.ts';
import type { Json, Record } from '../../record/record.ts';
import { leavesOf, type Volatile, volatility } from '../content.ts';

/** The values of a record that are compared, by path. Those that change from run to run stand as `<hex 1>`. */
export type Values = Map<string, Json>;

/** Normalises the records of one session, given in their order. */
export interface Normaliser {
  /** All that is compared of a record as one text: the same of two records wherever all values are. */
  text(record: Record): string;
  values(record: Record): Values;
}

const valuesAround = ({ client, decision, delivery, verdict, override }: Record): [string, string | boolean][] => [
  ['client', client],
  ['decision', decision.reason === null ? decision.state : `${decision.state}: ${decision.reason}`],
  ['delivery', delivery.state],
  ['verdict', verdict.verdict],
  ['forced', override?.forced ?? false],
];

/** @param ignore JSON Pointers of what is not compared, each with all below it */
export function createNormaliser(ignore: readonly string[] = []): Normaliser {
  const names = new Map<string, Map<Json, string>>();
  const isIgnored = (path: string) => ignore.some(one => path === one || path.startsWith(`${one}/`));

  /** A time says nothing but that there is one; the same identifier stays the same. */
  function nameOf(kind: Volatile, field: string, value: Json): string {
    if (kind === 'time') return '<time>';
    const what = kind === 'id' ? field : kind;
    let known = names.get(what);
    if (!known) names.set(what, (known = new Map()));
    let name = known.get(value);
    if (name === undefined) known.set(value, (name = `<${what} ${known.size + 1}>`));
    return name;
  }

  function write(value: Json, field: string, path: string): string {
    if (ignore.length > 0 && isIgnored(path)) return '';
    if (typeof value !== 'object' || value === null) {
      const kind = volatility(field, value);
      if (kind !== null) return nameOf(kind, field, value);
      // The length tells where it ends, whatever it holds.
      return typeof value === 'string' ? `"${value.length} ${value}` : String(value);
    }
    // What fields are called says where they are; a path takes long to make.
    const within = (key: string | number) => (ignore.length > 0 ? below(path, String(key)) : '');
    if (Array.isArray(value)) return `[${value.map((one, index) => write(one, field, within(index))).join()}]`;
    let text = '{';
    for (const key of Object.keys(value).sort())
      text += `${key.length} ${key}=${write(value[key] ?? null, key, within(key))},`;
    return `${text}}`;
  }

  return {
    text(record) {
      let text = '';
      for (const [path, value] of valuesAround(record)) text += isIgnored(path) ? '' : `${path}=${value}\n`;
      return record.event === null ? text : text + write(record.event, '', '');
    },
    values(record) {
      const values: Values = new Map<string, Json>(valuesAround(record));
      for (const { path, name, value } of record.event === null ? [] : leavesOf(record.event)) {
        const kind = volatility(name, value);
        values.set(path || '/', kind === null ? value : nameOf(kind, name, value));
      }
      for (const path of ignore.length > 0 ? values.keys() : []) if (isIgnored(path)) values.delete(path);
      return values;
    },
  };
}
