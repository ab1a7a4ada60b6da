/** How much a log keeps: beyond that its oldest page loads go, as a whole where that is enough. */

import type { Limit, PageLoad } from './types.ts';

export const DEFAULT_LIMIT: Limit = { records: 200_000, size: 500_000_000 };

/** What is left after some went, as a part of the limit: so that this is rarely done. */
const LEFT = 0.9;

/**
 * How many of the oldest records of each page load are to go; null where all may stay.
 * @param loads oldest first
 */
export function excess(loads: readonly PageLoad[], limit: Limit): Map<string, number> | null {
  let records = 0;
  let size = 0;
  for (const load of loads) {
    records += load.records;
    size += load.size;
  }
  if (records <= limit.records && size <= limit.size) return null;
  const going = new Map<string, number>();
  for (const load of loads) {
    const much = Math.max(
      records - limit.records * LEFT,
      load.size > 0 ? ((size - limit.size * LEFT) * load.records) / load.size : 0,
    );
    if (much <= 0) break;
    if (load.records === 0) continue;
    const asWhole = load.ended !== null && load.records <= limit.records / 4;
    const go = asWhole ? load.records : Math.min(Math.ceil(much), load.records);
    going.set(load.load, go);
    records -= go;
    size -= (load.size * go) / load.records;
  }
  return going;
}
