/** Reads a file into a session: our own, bare events, dumps and HAR. In pieces, with pauses, so that nothing freezes. */

import type { Pause } from '../slices.ts';
import { createCollected, type Imported } from './collect.ts';
import { type Reader, READERS } from './readers.ts';
import { foreign, isGzip, kindOf, type Kind } from './sniff.ts';

export interface ImportOptions {
  /** The file's name, for what is said about it. */
  name: string;
  /** Called now and then with the bytes that have been read. */
  onProgress?: (bytes: number) => void;
  pause: Pause;
}

/** The file is none that can be read: the message says what it is. */
export class ImportError extends Error {}

/** Milliseconds of work between two pauses, and bytes of it that are never cut. */
const SLICE = 12;
const PIECE = 64_000;
const SNIFFED = 4_096;

/**
 * @throws ImportError where it is another kind of file, or holds no event at all
 */
export async function importFile(bytes: ReadableStream<Uint8Array>, options: ImportOptions): Promise<Imported> {
  const { name, onProgress, pause } = options;
  const result = createCollected();
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
