/** Requests that only the network layer saw: whose they are, and when they count as such. */

import type { Load } from './load.ts';
import type { PageLoad } from './types.ts';
import type { RequestNote } from './wire.ts';

export interface Unseen {
  /**
   * The page load that a request belongs to, and the way it was made. Null where the page's side of it may still come;
   * false where it is to have no record.
   */
  owner(note: RequestNote, waited: number): { load: Load; api: string } | null | false;
}

/** In milliseconds: facts of a page come in order, so one that is this much later says that all before it have come. */
const MARGIN = 100;
/** How long a request without readable bytes waits for its page, in milliseconds: no hash would join them later. */
const LONG = 5_000;

/**
 * - A request of a shared or service worker goes to the newest page load of its origin.
 * - Where the frame has a page load, the hook runs in it and sees all that the page sends itself: what it did not see
 *   of fetch and XHR was a worker's. Of beacons, which workers cannot send, it must have told something later, or have
 *   ended, and have no hole.
 * - A frame without a page load has no hook: the request goes to the page load of the top frame.
 *
 * A request from before every page load that is known belongs to a page that is gone, and gets no record.
 */
export function createUnseen(loads: () => Iterable<Load>): Unseen {
  /** The newest page load that had begun by then and is such a one. */
  function newest(at: number, isOne: (page: PageLoad) => boolean): Load | null {
    let found: Load | null = null;
    for (const load of loads()) {
      const { began } = load.page;
      if (began === 0 || began > at || !isOne(load.page)) continue;
      if (!found || began > found.page.began) found = load;
    }
    return found;
  }

  return {
    owner({ frame, at, type, worker, hash }, waited) {
      if (worker !== undefined) {
        const load = newest(at, ({ url }) => originOf(url) === worker);
        return load ? { load, api: 'worker' } : false;
      }
      const own = newest(at, page => page.frame === frame);
      const top = newest(at, page => page.frame === 0);
      if (!own) return top ? { load: top, api: wayOf(type) } : false;
      const toldLater = own.latest > at + MARGIN || own.page.ended !== null;
      if (wayOf(type) === 'beacon') {
        if (own.page.holes.length > 0) return false;
        return toldLater ? { load: own, api: 'beacon' } : null;
      }
      if (hash === null && !toldLater && waited < LONG) return null;
      return { load: own, api: type === 'xmlhttprequest' ? 'worker' : wayOf(type) };
    },
  };
}

function wayOf(type: string): string {
  if (type === 'ping') return 'beacon';
  return type === 'imageset' ? 'image' : type;
}

function originOf(url: string): string | null {
  try {
    return new URL(url).origin;
  } catch {
    return null;
  }
}
