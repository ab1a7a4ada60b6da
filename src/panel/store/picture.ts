import type { Log } from '../../log/types.ts';
import { createRows, type Rows } from '../rows.ts';
import { createCounts } from './counts.ts';
import type { State } from './state.ts';

/** What the view shows of the log, brought up to it once a frame. */
export interface Picture {
  readonly rows: Rows;
  /** The index in the log of the record with this id, as far as it was drawn; -1 for none. */
  indexOf(id: string | null): number;
  /** Has it drawn with the next frame; resolves when it is. */
  changed(): Promise<void>;
  clear(): void;
}

export interface PictureOptions {
  log: Log;
  state: State;
  /** Runs before the next picture is drawn; or soon, where none is drawn. */
  frame(run: () => void): void;
}

export function createPicture({ log, state, frame }: PictureOptions): Picture {
  const rows = createRows();
  const indexes = new Map<string, number>();
  const counts = createCounts();
  let drawing: Promise<void> | null = null;
  let counted = 0;

  const indexOf = (id: string | null) => (id === null ? -1 : (indexes.get(id) ?? -1));

  function look(index: number): void {
    const record = log.records[index];
    if (record) counts.look(index, record);
  }

  /** Brings rows, counts and selection up to the log: once a frame, whatever came in between. */
  function draw(): void {
    drawing = null;
    const { changed } = log.drain();
    rows.grow(log.records, log.loads);
    for (; counted < log.records.length; counted++) {
      const record = log.records[counted];
      if (record) indexes.set(record.id, counted);
      look(counted);
    }
    for (const index of changed) look(index);
    const { selected, selectedRevision, revision } = state.getState();
    state.setState({
      revision: revision + 1,
      counts: counts.of(log.records.length),
      selectedRevision: changed.includes(indexOf(selected)) ? selectedRevision + 1 : selectedRevision,
    });
  }

  return {
    rows,
    indexOf,
    changed() {
      drawing ??= new Promise(resolve =>
        frame(() => {
          draw();
          resolve();
        }),
      );
      return drawing;
    },
    clear() {
      log.drain();
      rows.clear();
      indexes.clear();
      counts.clear();
      counted = 0;
    },
  };
}
