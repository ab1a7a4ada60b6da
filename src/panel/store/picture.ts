import type { Log } from '../../log/types.ts';
import { createRows, type Rows } from '../rows.ts';
import { createCounts } from './counts.ts';
import { createFilter, type Filter } from './filter.ts';
import type { Find, State } from './state.ts';

/** What the view shows of the log, brought up to it once a frame. */
export interface Picture {
  readonly rows: Rows;
  readonly filter: Filter;
  /** The index in the log of the record with this id, as far as it was drawn; -1 for none. */
  indexOf(id: string | null): number;
  /** Has it drawn with the next frame; resolves when it is. */
  changed(): Promise<void>;
  /** Lays out all rows again. */
  again(): void;
  /** Begins to look for something else, at once. */
  seek(): void;
}

export interface PictureOptions {
  log: Log;
  state: State;
  /** Runs before a picture is drawn, `rest` times the last one's time after that; or soon, where none is drawn. */
  frame(run: () => void, rest?: number): void;
  later(run: () => void, milliseconds: number): void;
  now(): number;
}

/** A step of the filter's work, in milliseconds: it leaves most of a frame to everything else. */
const STEP = 8;
const REST = 4;
/** A step where somebody waits for what is found: pictures in between would only delay it. */
const WAITED_FOR = 32;

/** So many new rows a picture are a burst: fewer pictures show it as well, and cost the inspected page less. */
const BURST = 5;
const REST_IN_BURST = 3;

export function createPicture({ log, state, frame, later, now }: PictureOptions): Picture {
  const filter = createFilter(log.records);
  const showsAll = () => filter.all || state.getState().find.marks;
  const rows = createRows(log, () => (showsAll() ? null : filter.has));
  const indexes = new Map<string, number>();
  const counts = createCounts();
  let drawing: Promise<void> | null = null;
  let known = 0;
  /** The first record whose being found has changed since rows were laid out: a list that stands still keeps it. */
  let flipped = Infinity;
  let working = false;
  let inBurst = false;

  const indexOf = (id: string | null) => (id === null ? -1 : (indexes.get(id) ?? -1));

  function look(index: number): boolean {
    const record = log.records[index];
    if (record) counts.look(index, record);
    return filter.look(index);
  }

  /** The filter's work goes on between frames, in steps: with few breaks where somebody waits for it. */
  function work(): void {
    if (working) return;
    working = true;
    later(
      () => {
        working = false;
        step();
      },
      filter.seeking ? 0 : REST,
    );
  }

  function step(): void {
    const end = now() + (filter.seeking ? WAITED_FOR : STEP);
    const { done, asked } = filter.step(() => now() >= end);
    if (asked) answered();
    if (!done) work();
  }

  /** What was asked for is found: drawn at once, since a user waits for it, and the browser begins its picture sooner. */
  function answered(): void {
    rows.clear();
    draw();
  }

  function move(places: Int32Array): void {
    counts.move(places);
    filter.move(places);
    rows.clear();
    flipped = Infinity;
    indexes.clear();
    known = places.reduce((count, place) => (place < 0 ? count : count + 1), 0);
    for (let at = 0; at < known; at++) indexes.set(log.records[at]?.id ?? '', at);
  }

  /** Takes rows up to the log: those from the first on that is found now and was not, or the other way, anew. */
  function layOut(): void {
    if (flipped < Infinity && !showsAll()) rows.cut(flipped);
    flipped = Infinity;
    rows.grow();
  }

  /** Brings rows, counts and selection up to the log: once a frame, whatever came in between. */
  function draw(): void {
    drawing = null;
    const { changed, moved } = log.drain();
    if (moved) move(moved);
    inBurst = log.records.length - known >= BURST;
    for (; known < log.records.length; known++) {
      indexes.set(log.records[known]?.id ?? '', known);
      look(known);
    }
    for (const index of changed) if (look(index)) flipped = Math.min(flipped, index);
    const old = state.getState();
    if (!old.paused || rows.length === 0) layOut();
    work();
    const at = indexOf(old.selected);
    state.setState({
      revision: old.revision + 1,
      counts: counts.of(log.records.length),
      find: withAnswers(old.find),
      held: old.paused ? Math.max(0, log.records.length - rows.taken) : 0,
      selectedRevision: changed.includes(at) ? old.selectedRevision + 1 : old.selectedRevision,
      ...(at < 0 && old.selected !== null && { selected: null, open: false }),
    });
  }

  function withAnswers(find: Find): Find {
    const { found, seeking } = filter;
    return find.found === found && find.seeking === seeking ? find : { ...find, found, seeking };
  }

  function changed(): Promise<void> {
    drawing ??= new Promise(resolve =>
      frame(
        () => {
          draw();
          resolve();
        },
        inBurst ? REST_IN_BURST : 1,
      ),
    );
    return drawing;
  }

  return {
    rows,
    filter,
    indexOf,
    changed,
    again() {
      rows.clear();
      void changed();
    },
    seek() {
      if (filter.seeking) step();
      else answered();
    },
  };
}
