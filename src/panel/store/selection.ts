import type { State } from './state.ts';

/** The cursor in the events list, and whether the details of the record under it are open. */
export interface Selection {
  /** Puts the cursor on a record; `open` opens its details, without it they stay as they are. */
  select(id: string, open: boolean): void;
  /** Shows a record with its details in the list of events, from whatever view. */
  reveal(id: string): void;
  /** Opens the details and puts the focus there. */
  enter(): void;
  /** Closes the details. */
  close(): void;
}

export function createSelection(state: State): Selection {
  return {
    select: (selected, open) => state.setState(old => ({ selected, open: open || old.open })),
    reveal: id => state.setState({ selected: id, open: true, view: 'events' }),
    enter: () => state.setState(old => ({ open: true, entered: old.entered + 1 })),
    close: () => state.setState({ open: false }),
  };
}
