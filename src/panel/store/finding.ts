import { completions, type Offers } from '../../log/query/complete.ts';
import { exportLines } from '../../log/export.ts';
import type { Log } from '../../log/types.ts';
import { type About, headerOf } from '../header.ts';
import type { Picture } from './picture.ts';
import type { Column, State } from './state.ts';

/** What is looked for in the lists, and what they show. */
export interface Finding {
  /** Looks for this, in all lists. */
  find(text: string): void;
  /** What the field offers to write at this place of the query; null for nothing. */
  complete(text: string, caret: number): Offers | null;
  /** Whether a record of the log, by its index, is found. */
  finds(index: number): boolean;
  /** What the list shows, as the lines of an exported file. */
  shown(): string[];
  /** Whether what is not found stays in sight. */
  mark(marks: boolean): void;
  /** Keeps the query under this name; an empty query goes. */
  saveQuery(name: string, text: string): void;
  columns(columns: readonly Column[]): void;
}

export interface FindingOptions {
  about: About;
  now(): number;
  state: State;
  log: Log;
  picture: Picture;
}

export function createFinding({ state, log, picture, about, now }: FindingOptions): Finding {
  const { filter } = picture;
  return {
    find(text) {
      const faults = filter.ask(text);
      state.setState(({ find }) => ({ find: { ...find, text, faults, seeking: filter.seeking } }));
      picture.seek();
    },
    complete: (text, caret) => completions(text, caret, log.records, filter.fields),
    finds: filter.has,
    shown() {
      const { override } = state.getState();
      const records = log.records.filter((_, index) => picture.rows.position(index) >= 0);
      return [...exportLines({ records, loads: log.loads }, headerOf(log, override, about, now()))];
    },
    mark(marks) {
      state.setState(({ find }) => ({ find: { ...find, marks } }));
      picture.again();
    },
    saveQuery(name, text) {
      state.setState(({ saved }) => {
        const others = saved.filter(one => one.name !== name);
        return { saved: text === '' ? others : [...others, { name, text }] };
      });
    },
    columns: columns => state.setState({ columns: [...columns] }),
  };
}
