/** What every adapter works with. One adapter a client, behind one interface. */

import type { Calls } from './calls.ts';
import type { Identifiers } from './identifiers.ts';
import type { Policy } from './policy.ts';
import type { TrackWatch } from './track.ts';
import type { Wraps } from './wrap.ts';

export interface Environment {
  calls: Calls;
  wraps: Wraps;
  policy: Policy;
  identifiers: Identifiers;
  track: TrackWatch;
  /** Says that what the page knows has changed. */
  changed(): void;
}

/** Watches one client. `mw` is the page's; `client` is the object that was just assigned. Loads nothing. */
export type Adapter = (environment: Environment, mw: object, client: object) => void;
