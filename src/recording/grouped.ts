import type { Chunk } from './types.ts';

/**
 * Writes chunks one group after the other: what comes while a group is written makes up the next. So a page that tells
 * each fact by itself does not cost a transaction a fact, and nothing waits longer than the group before it takes.
 * @param append writes chunks of a recording, all or none
 * @returns writes one chunk; resolves when it is written, rejects as its group does
 */
export function grouped(
  append: (id: string, chunks: Chunk[]) => Promise<void>,
): (id: string, chunk: Chunk) => Promise<void> {
  const next = new Map<string, { chunks: Chunk[]; written: Promise<void> }>();
  const last = new Map<string, Promise<void>>();
  return (id, chunk) => {
    const waiting = next.get(id);
    if (waiting) {
      waiting.chunks.push(chunk);
      return waiting.written;
    }
    const chunks = [chunk];
    const write = () => {
      next.delete(id);
      return append(id, chunks);
    };
    const before = last.get(id);
    const written = before ? before.then(write, write) : write();
    if (before) next.set(id, { chunks, written });
    last.set(id, written);
    const over = () => {
      if (last.get(id) === written) last.delete(id);
    };
    written.then(over, over);
    return written;
  };
}
