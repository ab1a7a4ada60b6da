import type { Changes, Log } from '../../log/types.ts';
import type { Record } from '../../record/record.ts';

/** Takes in the log's records one by one, for a view that tells of all of them. */
export interface Reader {
  /** A record is new, or has changed. */
  look(index: number, record: Record): void;
  /** Records have other places now, -1 for none; those that stay stay in their order. */
  move(places: Int32Array): void;
}

/** A reader that can be brought up to the log. */
export interface Followed<R extends Reader = Reader> {
  readonly reader: R;
  /** Has it look at what is new or has changed, until `isOver`; answers whether that is all. */
  catchUp(isOver: () => boolean): boolean;
  /** It follows no longer. */
  leave(): void;
}

/** Keeps readers up to the log: each record is looked at again only where it has changed, and only once it is asked for. */
export interface Following {
  /** The log, of whose changes readers learn as they are drained. */
  readonly log: Log;
  follow<R extends Reader>(reader: R): Followed<R>;
  /** The reader of this kind: the same one, however often it is asked for. */
  followed<R extends Reader>(make: () => R): Followed<R>;
}

/** How often the clock is asked. */
const EVERY = 64;

export function createFollowing(log: Log): Following {
  const { records } = log;
  const told = new Set<(changes: Changes) => void>();
  const kept = new Map<() => Reader, Followed>();
  /** How many records there were at the last drain, and the last of them: it stands elsewhere once others have moved. */
  let drained = 0;
  let last: Record | undefined;

  function drain(): Changes {
    const changes = log.drain();
    drained = records.length;
    last = records[drained - 1];
    for (const tell of told) tell(changes);
    return changes;
  }

  function follow<R extends Reader>(reader: R): Followed<R> {
    /** It has looked at so many; and these of them have changed since. */
    let taken = 0;
    let stale = new Set<number>();

    function tell({ changed, moved }: Changes): void {
      if (moved) {
        reader.move(moved);
        taken = moved.subarray(0, taken).reduce((count, place) => (place < 0 ? count : count + 1), 0);
        stale = new Set([...stale].map(index => moved[index] ?? -1).filter(index => index >= 0));
      }
      for (const index of changed) if (index < taken) stale.add(index);
    }

    function look(index: number): void {
      const record = records[index];
      if (record) reader.look(index, record);
    }

    told.add(tell);
    return {
      reader,
      catchUp(isOver) {
        // They have moved, and where to is told with the next drain.
        if (records[drained - 1] !== last) return false;
        let count = 0;
        const isDue = () => ++count % EVERY === 0 && isOver();
        for (const index of stale) {
          stale.delete(index);
          look(index);
          if (isDue()) return false;
        }
        while (taken < drained) {
          look(taken++);
          if (isDue()) return false;
        }
        return true;
      },
      leave: () => void told.delete(tell),
    };
  }

  return {
    log: Object.create(log, { drain: { value: drain } }) as Log,
    follow,
    followed<R extends Reader>(make: () => R) {
      const followed = (kept.get(make) as Followed<R> | undefined) ?? follow(make());
      kept.set(make, followed);
      return followed;
    },
  };
}
