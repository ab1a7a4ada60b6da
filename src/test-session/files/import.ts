/** Reads a file into a session: our own, bare events, dumps and HAR. In pieces, with pauses, so that nothing freezes. */

import { parseJson } from '../../log/json.ts';
import { at, textAt } from '../../platform/json.ts';
import type { Json, Record } from '../../record/record.ts';
import { blankHeader, type TestSession } from '../session.ts';
import type { Pause } from '../slices.ts';
import { createElements, type Element } from './elements.ts';
import { type Known, recordOfEvent } from './event-record.ts';
import { readEntry, readPage } from './har.ts';
import { isHeader, isHole, isMark, isRecord } from './own.ts';
import { foreign, isGzip, jsonIn, kindOf, type Kind } from './sniff.ts';
import { createRows, recordOfRow, type Row, stepOfRow } from './table.ts';

export interface Problem {
  /** From 1. */
  line: number;
  message: string;
}

export interface Imported {
  session: TestSession;
  /** `inspector`: a file of our own. */
  kind: Kind | 'inspector';
  /** What was skipped and why, at most 200 of it. */
  problems: Problem[];
  /** How much was skipped. */
  skipped: number;
}

export interface ImportOptions {
  /** The file's name, for what is said about it. */
  name: string;
  /** Called now and then with the bytes that have been read. */
  onProgress?: (bytes: number) => void;
  pause: Pause;
}

/** The file is none that can be read: the message says what it is. */
export class ImportError extends Error {}

const MOST_PROBLEMS = 200;
/** Milliseconds of work between two pauses, and bytes of it that are never cut. */
const SLICE = 12;
const PIECE = 64_000;
const SNIFFED = 4_096;
const LONGEST_VALUE = 64_000_000;

interface Reader {
  push(text: string): void | Promise<void>;
  end(): void | Promise<void>;
}

/**
 * @throws ImportError where it is another kind of file, or holds no event at all
 */
export async function importFile(bytes: ReadableStream<Uint8Array>, options: ImportOptions): Promise<Imported> {
  const { name, onProgress, pause } = options;
  const result = createResult();
  const { chunks, first } = await opened(bytes, count => onProgress?.(count));
  const what = foreign(first);
  if (what !== null) throw new ImportError(`${name} is ${what}. ${CAN_READ}`);
  const decoder = new TextDecoder();
  let begin = '';
  let reader: Reader | null = null;
  let kind: Kind = 'lines';
  let since = Date.now();

  async function give(text: string): Promise<void> {
    if (reader) return reader.push(text);
    begin += text;
    if (begin.length >= SNIFFED) await start();
  }

  async function start(): Promise<void> {
    const sniffed = kindOf(begin);
    if ('instead' in sniffed) throw new ImportError(`${name} is ${sniffed.instead}. ${CAN_READ}`);
    ({ kind } = sniffed);
    reader = READERS[kind](result);
    await reader.push(begin);
  }

  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += PIECE) {
      await give(decoder.decode(chunk.subarray(from, from + PIECE), { stream: true }));
      if (Date.now() - since < SLICE) continue;
      await pause();
      since = Date.now();
    }
  }
  await give(decoder.decode());
  if (!reader) await start();
  await (reader as Reader | null)?.end();
  const imported = result.done(kind);
  if (imported.session.records.length === 0 && imported.kind !== 'inspector') {
    const [problem] = imported.problems;
    throw new ImportError(
      `${name} holds no event${problem ? ` (line ${problem.line}: ${problem.message})` : ''}. ${CAN_READ}`,
    );
  }
  return imported;
}

const CAN_READ =
  'What can be read: records of this inspector (NDJSON, CSV), events as NDJSON or as a JSON array, EventStreams, HAR.';

/** The file's bytes, unpacked where they are gzip, and the first of them. */
async function opened(bytes: ReadableStream<Uint8Array>, onBytes: (count: number) => void) {
  let count = 0;
  const counted = bytes.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        onBytes((count += chunk.length));
        controller.enqueue(chunk);
      },
    }),
  );
  const [first, rest] = await peeked(counted.getReader());
  if (!isGzip(first)) return { chunks: rest(), first };
  const packed = new ReadableStream<BufferSource>({
    async start(controller) {
      for await (const chunk of rest()) controller.enqueue(chunk as BufferSource);
      controller.close();
    },
  });
  const [unpacked, more] = await peeked(packed.pipeThrough(new DecompressionStream('gzip')).getReader());
  return { chunks: more(), first: unpacked };
}

async function peeked(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<[Uint8Array, () => AsyncGenerator<Uint8Array>]> {
  const { value = new Uint8Array() } = await reader.read();
  async function* all() {
    yield value;
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  }
  return [value, all];
}

interface Result {
  event(event: Json, line: number, known?: Partial<Known>): void;
  /** A line of a file, which may be one of our own. */
  line(value: Json, line: number): void;
  row(row: Row): void;
  problem(line: number, message: string): void;
  done(kind: Kind): Imported;
}

function createResult(): Result {
  const session: TestSession = { header: blankHeader(), records: [], holes: [], marks: [] };
  const problems: Problem[] = [];
  let skipped = 0;
  let isOwn = false;

  const problem = (line: number, message: string) => {
    skipped++;
    if (problems.length < MOST_PROBLEMS) problems.push({ line, message });
  };

  function event(value: Json, line: number, known?: Partial<Known>): void {
    if (textAt(value, '$schema') === null && at(value, 'meta') === undefined && at(value, 'schema') === undefined) {
      return problem(line, 'it is JSON, and no event: it has no $schema and no meta');
    }
    session.records.push(recordOfEvent(value, session.records.length + 1, known));
  }

  return {
    event,
    line(value, line) {
      const type = at(value, 'type');
      if (type === 'header' && isHeader(value) && !isOwn) {
        isOwn = true;
        session.header = value;
      } else if (!isOwn || textAt(value, '$schema') !== null) event(value, line);
      else if (isRecord(value)) session.records.push(value);
      else if (isHole(value)) session.holes.push(value);
      else if (isMark(value)) session.marks.push(value);
      else if (type === 'record' || type === 'hole' || type === 'mark')
        problem(line, `it is no ${type} as this version writes them`);
    },
    row(row) {
      const record = recordOfRow(row, session.records.length + 1);
      if (typeof record === 'string') return problem(row.line, record);
      session.records.push(record);
      const step = stepOfRow(row, record, session.marks);
      if (step) session.marks.push(step);
    },
    problem,
    done(kind) {
      if (!isOwn && kind !== 'table') session.records.sort(byTime);
      return { session, kind: isOwn ? 'inspector' : kind, problems, skipped };
    },
  };
}

/** Dumps of Kafka are in the order of arrival, over several partitions. The sort is stable. */
const byTime = (one: Record, other: Record) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0);

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

const READERS: { [kind in Kind]: (result: Result) => Reader } = {
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

function elementReader(paths: string[], result: Result, onElement: (element: Element) => void | Promise<void>): Reader {
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
