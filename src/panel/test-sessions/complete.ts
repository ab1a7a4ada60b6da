/** What can be written at a place of a plan: names and words from its schema, values from what was captured. */

import type { Record } from '../../record/record.ts';
import { leavesOf } from '../../test-session/content.ts';
import { schemasAt } from '../../test-session/plan/schema.ts';

export interface Completion {
  text: string;
  /** What it means. */
  about: string;
}

export interface Completions {
  /** The part of the text that is replaced. */
  from: number;
  to: number;
  items: Completion[];
}

const MOST = 50;

interface Line {
  indent: number;
  /** The name before a colon; null for none. */
  name: string | null;
  isItem: boolean;
}

/** A line of block YAML, as far as it says where it belongs. `- name: x` is an item that begins with a name. */
function readLine(line: string): Line {
  const [, space = '', dash = '', name] = /^( *)((?:- )*)(?:(["']?[\w./ -]+?["']?):(?: |$))?/.exec(line) ?? [];
  return { indent: space.length + dash.length, name: name?.replace(/["']/g, '') ?? null, isItem: dash !== '' };
}

/** The names on the way to a line, from the outermost in; 0 stands for an item of a list. */
export function pathAt(lines: readonly string[], row: number, indent: number): (string | number)[] {
  const path: (string | number)[] = [];
  let limit = indent;
  let item = readLine(lines[row] ?? '').isItem;
  for (let above = row; above >= 0; above--) {
    const line = lines[above] ?? '';
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    if (above === row) continue;
    const { indent: own, name, isItem } = readLine(line);
    if (own < limit && name !== null) {
      if (item) path.unshift(0);
      path.unshift(name);
      limit = own;
      item = isItem;
    } else if (own === limit && isItem && !item) {
      item = true;
    }
  }
  if (item && typeof path[0] !== 'number') path.unshift(0);
  return path;
}

/** Values of what was captured, by the name that they stand under. */
function captured(records: readonly Record[], path: readonly (string | number)[]): string[] {
  const name = String(path.at(-1) ?? '');
  const read: { [name: string]: (record: Record) => string | null } = {
    client: one => one.client,
    api: one => one.api,
    stream: one => one.stream,
    nothingElse: one => one.stream,
    instrument: one => one.instrument,
    experiment: one => one.experiment,
    action: one => one.action,
    schema: one => one.schema,
  };
  const of = read[name];
  if (of) return [...new Set(records.flatMap(record => of(record) ?? []))];
  if (name !== 'fields') return [];
  const newest = records.slice(-200);
  return [
    ...new Set(
      newest.flatMap(({ event }) =>
        event === null ? [] : leavesOf(event).map(leaf => leaf.path.slice(1).replace(/\//g, '.')),
      ),
    ),
  ];
}

/** @param at where the cursor is in the text */
export function complete(text: string, at: number, records: readonly Record[]): Completions {
  const before = text.slice(0, at);
  const lines = text.split('\n');
  const row = before.split('\n').length - 1;
  const begin = before.lastIndexOf('\n') + 1;
  const line = before.slice(begin);
  // Within `{ a: b, c` each part is a line of its own, one level deeper.
  const brace = line.lastIndexOf('{') > line.lastIndexOf('}') ? line.lastIndexOf('{') : -1;
  const part = brace >= 0 ? line.slice(Math.max(brace, line.lastIndexOf(',')) + 1) : line;
  const { indent } = readLine(lines[row] ?? '');
  const outer = pathAt(lines, row, indent);
  const inBrace = brace >= 0 ? /(["']?[\w./-]+["']?): *(?:\[[^\]]*)?\{[^}]*$/.exec(line)?.[1] : undefined;
  const path = brace >= 0 ? [...outer, ...(inBrace ? [inBrace] : [])] : outer;
  const [, key, typed = ''] = /^\s*(?:- )*(?:([\w./-]+): *)?\[?(?:.*, *)?([\w./-]*)$/.exec(part) ?? [];
  const items = key !== undefined ? valuesOf([...path, key], records) : keysOf(path, records);
  const wanted = typed.toLowerCase();
  const fitting = items.filter(item => item.text.toLowerCase().includes(wanted) && item.text !== typed);
  return { from: at - typed.length, to: at, items: fitting.slice(0, MOST) };
}

function keysOf(path: (string | number)[], records: readonly Record[]): Completion[] {
  const known = schemasAt(path).flatMap(({ properties = {} }) =>
    Object.entries(properties).map(([name, { description = '' }]) => ({ text: `${name}: `, about: description })),
  );
  return [
    ...known,
    ...(path.at(-1) === 'fields' ? captured(records, path).map(text => ({ text: `${text}: `, about: '' })) : []),
  ];
}

function valuesOf(path: (string | number)[], records: readonly Record[]): Completion[] {
  const words = schemasAt(path).flatMap(one => {
    const values = one.enum ?? (one.const === undefined ? [] : [one.const]);
    return values.map(value => ({ text: String(value), about: one.description ?? '' }));
  });
  return [...words, ...captured(records, path).map(text => ({ text, about: '' }))];
}
