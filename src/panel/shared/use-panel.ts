import { createContext } from 'preact';
import { useContext, useLayoutEffect, useState } from 'preact/hooks';
import type { StoreApi } from 'zustand/vanilla';
import type { Panel } from '../store.ts';
import type { PanelState } from '../store/state.ts';

const PanelContext = createContext<Panel | null>(null);
export const PanelProvider = PanelContext.Provider;

export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (!panel) throw new Error('a view outside of PanelProvider');
  return panel;
}

/** A part of the panel's state; the view is drawn again when it is another. */
export function usePanelState<T>(select: (state: PanelState) => T): T {
  return useStore(usePanel().state, select);
}

/** zustand's own hook imports React; this is all of it that is needed. */
export function useStore<S, T>(store: StoreApi<S>, select: (state: S) => T): T {
  const [, redraw] = useState({});
  const value = select(store.getState());
  useLayoutEffect(() => {
    let last = value;
    const look = () => {
      const now = select(store.getState());
      if (Object.is(now, last)) return;
      last = now;
      redraw({});
    };
    look();
    return store.subscribe(look);
  }, [store]);
  return value;
}
