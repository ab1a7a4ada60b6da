import type { Storage } from 'webextension-polyfill';
import { type State, type View, VIEWS } from './store/state.ts';

const KEY = 'view';

/** Shows the view that was looked at last, in whatever tab; at first use, the one that the state begins with. */
export async function rememberView(state: State, storage: Storage.StorageArea): Promise<void> {
  const before = state.getState().view;
  const { [KEY]: kept } = await storage.get(KEY);
  if (isView(kept) && state.getState().view === before) state.setState({ view: kept });
  state.subscribe(({ view }, old) => {
    if (view !== old.view) void storage.set({ [KEY]: view });
  });
}

function isView(value: unknown): value is View {
  return VIEWS.some(view => view === value);
}
