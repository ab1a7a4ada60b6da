import type { Limit, Log } from '../../log/types.ts';
import type { Picture } from './picture.ts';
import type { State } from './state.ts';

/** What the log keeps, and whether it is shown. */
export interface Keeping {
  /** Empties the log; that can be undone for a while. */
  clear(): void;
  unclear(): void;
  /** Whether the log outlives its page. */
  preserve(preserve: boolean): void;
  /** Whether the list stands still. Nothing is lost meanwhile. */
  pause(paused: boolean): void;
  /** Beyond this the oldest page loads go. */
  limit(limit: Limit): void;
}

export interface KeepingOptions {
  state: State;
  log: Log;
  picture: Picture;
  later(run: () => void, milliseconds: number): void;
  onClear(): void;
}

/** How long what was cleared can come back, in milliseconds. */
const UNDO = 60_000;

export function createKeeping({ state, log, picture, later, onClear }: KeepingOptions): Keeping {
  let clears = 0;
  return {
    clear() {
      const cleared = log.records.length;
      log.clear();
      onClear();
      state.setState({ selected: null, open: false, cleared });
      void picture.changed();
      const mine = ++clears;
      later(() => {
        if (mine !== clears) return;
        log.forgetCleared();
        state.setState({ cleared: 0 });
      }, UNDO);
    },
    unclear() {
      clears++;
      log.unclear();
      state.setState({ cleared: 0 });
      void picture.changed();
    },
    preserve: preserve => state.setState({ preserve }),
    pause(paused) {
      state.setState({ paused });
      void picture.changed();
    },
    limit(limit) {
      log.limit(limit);
      state.setState({ limit });
      void picture.changed();
    },
  };
}
