/** One adapter a client, behind one interface. */

import type { Policy } from './policy.ts';

/**
 * Watches one client. `mw` is the page's; `client` is the object that was just assigned; `enrolled` are the enrollments
 * in the response's header (`name=group;`); `changed` is to be called when what the client knows is new. Loads nothing.
 */
export type Adapter = (mw: object, client: object, policy: Policy, enrolled: string, changed: () => void) => void;
