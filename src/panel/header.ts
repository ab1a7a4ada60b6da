import type { Log } from '../log/types.ts';
import type { Override } from '../record/override.ts';
import type { Header } from '../record/record.ts';

/** What wrote a file. */
export interface About {
  /** The extension's version. */
  version: string;
  browser: string;
}

/** The first line of an exported file. `now`: milliseconds since the epoch. */
export function headerOf(log: Pick<Log, 'loads'>, override: Override | null, about: About, now: number): Header {
  const context = log.loads.findLast(load => load.context)?.context;
  return {
    type: 'header',
    format: 1,
    time: new Date(now).toISOString(),
    extension: about.version,
    browser: about.browser,
    wiki: context?.wiki ?? null,
    skin: context?.skin ?? null,
    overrides: override?.rules.map(rule => ({ ...rule })) ?? [],
  };
}
