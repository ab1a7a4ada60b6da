/** Readers of each kind of file: text in pieces in, lines, events and rows out. */

import { parseJson } from '../../log/json.ts';
import type { Collected } from './collect.ts';
import { createElements, type Element } from './elements.ts';
import { readEntry, readPage } from './har.ts';
import { jsonIn, type Kind } from './sniff.ts';
import { createRows } from './table.ts';

const LONGEST_VALUE = 64_000_000;

export interface Reader {
  push(text: string): void | Promise<void>;
  end(): void | Promise<void>;
}

/** Calls `line` for each line of a text that comes in pieces. */
function lineReader(onLine: (text: string, line: number, isLast: boolean) => void): Reader {
  let rest = '';
  let line = 0;
  return {
    push(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const one of lines) onLine(one, ++line, false);
    },
    end() {
      if (rest.trim() !== '') onLine(rest, ++line, true);
    },
  };
}

const broken = (isLast: boolean) =>
  isLast ? 'the file ends in the middle of it: it was cut off' : 'it is no JSON, or too deeply nested';

export const READERS: { [kind in Kind]: (result: Collected) => Reader } = {
  lines: result =>
    lineReader((text, line, isLast) => {
      if (text.trim() === '') return;
      const value = parseJson(text) ?? parseJson(jsonIn(text) ?? '');
      if (value === undefined) result.problem(line, broken(isLast));
      else result.line(value, line);
    }),
  stream(result) {
    let data: string[] = [];
    const finish = (line: number, isLast: boolean) => {
      const value = data.length > 0 ? parseJson(data.join('\n')) : null;
      if (value === undefined) result.problem(line, broken(isLast));
      else if (value !== null) result.event(value, line);
      data = [];
    };
    let last = 0;
    const reader = lineReader((raw, line) => {
      last = line;
      const text = raw.replace(/\r$/, '');
      if (text === '') finish(line - 1, false);
      else if (text.startsWith('data:')) data.push(text.slice('data:'.length));
    });
    return {
      push: reader.push,
      async end() {
        await reader.end();
        finish(last, true);
      },
    };
  },
  array: result =>
    elementReader([''], result, ({ text, line }) => {
      const value = parseJson(text);
      if (value === undefined) result.problem(line, broken(false));
      else result.line(value, line);
    }),
  har(result) {
    const pages = new Map<string, string>();
    return elementReader(['log.pages', 'log.entries'], result, async ({ path, text, line }) => {
      const value = parseJson(text);
      if (value === undefined) return result.problem(line, broken(false));
      if (path === 'log.pages') {
        const page = readPage(value);
        if (page) pages.set(...page);
        return;
      }
      const request = await readEntry(value, pages);
      if (typeof request === 'string') result.problem(line, request);
      else for (const event of request?.events ?? []) result.event(event, line, request?.known);
    });
  },
  table(result) {
    const rows = createRows();
    return {
      push: text => rows.push(text).forEach(result.row),
      end() {
        const last = rows.end();
        last.rows.forEach(result.row);
        if (last.isCut) result.problem(1, 'the file ends within a row: it was cut off');
      },
    };
  },
  value(result) {
    const parts: string[] = [];
    let size = 0;
    return {
      push(text) {
        size += text.length;
        if (size <= LONGEST_VALUE) parts.push(text);
      },
      end() {
        const value = size > LONGEST_VALUE ? undefined : parseJson(parts.join(''));
        if (value === undefined) result.problem(1, 'it is one JSON value that is broken, cut off or too large');
        else result.line(value, 1);
      },
    };
  },
};

function elementReader(
  paths: string[],
  result: Collected,
  onElement: (element: Element) => void | Promise<void>,
): Reader {
  const elements = createElements(paths);
  return {
    async push(text) {
      for (const element of elements.push(text)) {
        const waiting = onElement(element);
        if (waiting) await waiting;
      }
    },
    end() {
      if (!elements.isComplete()) result.problem(elements.line, 'the file ends here, in the middle: it was cut off');
    },
  };
}
