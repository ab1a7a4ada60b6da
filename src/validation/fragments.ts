/** The platform's own fragments, of which schemas of datasets are made. */

import type { JsonObject } from '../record/record.ts';
import { fits } from './new-dataset.ts';
import type { SchemaAnswer } from './types.ts';

/**
 * Titles, the ones that belong together in one line; the first line whose first fits is taken.
 * Source: schemas-event-secondary jsonschema/fragment/analytics, schemas-event-primary jsonschema/fragment.
 */
const FRAGMENTS: readonly (readonly string[])[] = [
  ['fragment/analytics/product_metrics/common', 'fragment/analytics/product_metrics/web'],
  ['fragment/common'],
];

export interface FragmentSource {
  read(uri: string): Promise<SchemaAnswer>;
  newest(title: string): Promise<string | null>;
}

/** The newest version of each fragment that these events can be made of; none where no repository has any. */
export async function fragmentsFor(events: readonly JsonObject[], source: FragmentSource): Promise<JsonObject[]> {
  async function newest(title: string): Promise<JsonObject[]> {
    const version = await source.newest(title);
    if (version === null) return [];
    const answer = await source.read(`/${title}/${version}`);
    return answer.found ? [answer.schema] : [];
  }

  for (const titles of FRAGMENTS) {
    const fragments = (await Promise.all(titles.map(newest))).flat();
    const [first] = fragments;
    if (first && fits(first, events)) return fragments;
  }
  return [];
}
