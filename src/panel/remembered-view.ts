import type { Storage } from 'webextension-polyfill';
import { type State, type View, VIEWS } from './store/state.ts';

/** Where the storage has it. */
export const VIEW = 'view';

/**
 * Shows the view that was looked at last, in whatever tab; at first use, the one that the state begins with.
 * @param kept what the storage has at `VIEW`
 */
export function rememberView(state: State, storage: Storage.StorageArea, kept: unknown): void {
  if (isView(kept)) state.setState({ view: kept });
  state.subscribe(({ view }, old) => {
    if (view !== old.view) void storage.set({ [VIEW]: view });
  });
}

function isView(value: unknown): value is View {
  return VIEWS.some(view => view === value);
}
