import type { Chunk } from '../recording/types.ts';

/** Resolves when the chunk is kept; rejects where it is not. Chunks are kept in the order of the calls. */
export type Writer = (chunk: Chunk) => Promise<void>;

/** What comes while one write is under way goes with the next, all at once. */
export function createWriter(append: (chunks: readonly Chunk[]) => Promise<void>): Writer {
  interface Waiting {
    chunk: Chunk;
    resolve(): void;
    reject(error: unknown): void;
  }
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await append(batch.map(({ chunk }) => chunk));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isWriting = false;
  }

  return chunk =>
    new Promise((resolve, reject) => {
      waiting.push({ chunk, resolve, reject });
      if (!isWriting) void write();
    });
}
