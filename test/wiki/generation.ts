/** The generations of clients that the wiki can serve: `?generation=` of a page. */

export const GENERATIONS = ['1.39', '1.45', 'newest', 'standalone'] as const;
export type Generation = (typeof GENERATIONS)[number];

/** Reads `?generation=`; the newest where nothing, or nothing known, is asked for. */
export const generationOf = (query: URLSearchParams): Generation =>
  GENERATIONS.find(one => one === query.get('generation')) ?? 'newest';
