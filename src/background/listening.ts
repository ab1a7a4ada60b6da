/**
 * Which tabs have a panel. A panel's port says so; but after a stop of the background pages may connect again before
 * their panel does, and must not be told in between that nobody listens.
 */

import type { Storage } from 'webextension-polyfill';
import { createQueue } from './queue.ts';
import { createTabStore } from './session.ts';

/** How long a panel has to connect again, in milliseconds. */
const GRACE = 5000;

export interface Listening {
  /** Whether the tab had a panel before the background stopped, which is about to connect again. */
  expects(tab: number): Promise<boolean>;
  begin(tab: number): void;
  end(tab: number): void;
}

/** @param givenUp called for each tab whose panel did not come back */
export function createListening(area: Storage.StorageArea, givenUp: (tab: number) => void): Listening {
  const store = createTabStore<true>(area, 'listening');
  const queue = createQueue();
  const expected = queue(() => store.all()).then(tabs => new Set(tabs.keys()));

  const settle = async (tab: number) => void (await expected).delete(tab);
  const end = (tab: number) => {
    void settle(tab);
    void queue(() => store.remove(tab));
  };

  setTimeout(async () => {
    for (const tab of await expected) {
      end(tab);
      givenUp(tab);
    }
  }, GRACE);

  return {
    expects: async tab => (await expected).has(tab),
    begin(tab) {
      void settle(tab);
      void queue(() => store.put(tab, true));
    },
    end,
  };
}
