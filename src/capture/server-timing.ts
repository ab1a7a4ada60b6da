/** Enrollments that the CDN tells the page by `Server-Timing: WMF-Uniq;desc="name=group;"` (TestKitchen enrollmentConfig.js). */

import { apply, create, indexOf, slice } from './natives.ts';

const { getEntriesByType } = Performance.prototype;
let known: { [experiment: string]: string } | undefined;

/** Experiment names and groups of this document's own response; empty where there are none or the browser does not tell. */
export function headerEnrollments(): { [experiment: string]: string } {
  if (known) return known;
  known = create(null) as { [experiment: string]: string };
  try {
    const entries = apply(getEntriesByType, performance, ['navigation']) as PerformanceNavigationTiming[];
    const timings = entries[0]?.serverTiming ?? [];
    for (let i = 0; i < timings.length; i += 1) {
      const timing = timings[i];
      if (timing?.name === 'WMF-Uniq') split(timing.description, known);
    }
  } catch {
    // insecure contexts of Firefox have no serverTiming
  }
  return known;
}

function split(text: string, into: { [experiment: string]: string }): void {
  let from = 0;
  for (;;) {
    const equals = indexOf(text, '=', from);
    const end = indexOf(text, ';', from);
    if (equals < 0 || end < equals) return;
    into[slice(text, from, equals)] = slice(text, equals + 1, end);
    from = end + 1;
  }
}
