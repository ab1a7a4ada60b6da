/** Page loads as far as records tell of them: a file has no others. */

import type { PageLoad } from '../log/types.ts';
import type { ContextFact } from '../record/facts.ts';
import type { Record } from '../record/record.ts';
import type { TestSession } from './session.ts';
import { finish } from './slices.ts';

/** Of an event from elsewhere its wiki is known, and all of Wikimedia's have their API at the same place. */
const contextOf = ({ load, url }: Record['page'], at: number): ContextFact | null =>
  /^(?:import|har)-/.test(load) && /^https:/.test(url)
    ? { kind: 'context', seq: 1, at, clients: [], api: '/w/api.php' }
    : null;

type Told = Pick<TestSession, 'records' | 'holes'>;

/** In the order in which their first records came. A load ends with its last record. */
export const loadsOf = (session: Told): PageLoad[] => finish(loading(session));

const AT_ONCE = 1_000;

/** The same, in slices: yields how many records it has looked at. */
export function* loading({ records, holes }: Told): Generator<number, PageLoad[]> {
  const loads = new Map<string, PageLoad>();
  for (const [index, { page, frame, time, session, pageview }] of records.entries()) {
    if (index % AT_ONCE === 0) yield index;
    const at = Date.parse(time) || 0;
    const known = loads.get(page.load);
    if (known) {
      known.records++;
      known.ended = Math.max(known.ended ?? at, at);
      known.session ??= session;
      known.pageview ??= pageview;
      continue;
    }
    loads.set(page.load, {
      load: page.load,
      frame,
      url: page.url,
      began: at,
      ended: at,
      session,
      pageview,
      context: contextOf(page, at),
      records: 1,
      holes: holes.filter(hole => hole.load === page.load),
      acknowledged: 0,
      size: 0,
    });
  }
  return [...loads.values()];
}
