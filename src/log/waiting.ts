/** Things that wait for their counterpart, each found once: by its mark where both have one, else the oldest first. */

export interface Claimable {
  /** Found by its counterpart: it waits no more. */
  taken: boolean;
}

export interface Waiting<T extends Claimable> {
  add(item: T, mark: string | null): void;
  /** Finds and takes the oldest with this mark; where there is none, the oldest of those that `otherwise` says. */
  take(mark: string | null, otherwise: 'any' | 'unmarked' | 'none'): T | null;
  /** Finds and takes the oldest that is such a one, with whatever mark. */
  takeSuch(isOne: (item: T) => boolean): T | null;
}

export function createWaiting<T extends Claimable>(): Waiting<T> {
  const all = createLine<T>();
  const unmarked = createLine<T>();
  const marked = new Map<string, Line<T>>();

  function withMark(mark: string): T | null {
    const found = marked.get(mark)?.first() ?? null;
    if (!found) marked.delete(mark);
    return found;
  }

  return {
    add(item, mark) {
      all.push(item);
      if (mark === null) unmarked.push(item);
      else {
        const line = marked.get(mark) ?? createLine<T>();
        marked.set(mark, line);
        line.push(item);
      }
    },
    take(mark, otherwise) {
      const exact = mark === null ? null : withMark(mark);
      const found = exact ?? (otherwise === 'any' ? all.first() : otherwise === 'unmarked' ? unmarked.first() : null);
      if (found) found.taken = true;
      return found;
    },
    takeSuch(isOne) {
      const found = all.find(isOne);
      if (found) found.taken = true;
      return found;
    },
  };
}

interface Line<T> {
  push(item: T): void;
  /** The oldest that still waits. */
  first(): T | null;
  /** The oldest that still waits and is such a one. */
  find(isOne: (item: T) => boolean): T | null;
}

function createLine<T extends Claimable>(): Line<T> {
  let items: T[] = [];
  let head = 0;
  const skip = () => {
    while (items[head]?.taken) head++;
    if (head > 64 && head * 2 > items.length) {
      items = items.slice(head);
      head = 0;
    }
  };
  return {
    push: item => items.push(item),
    first() {
      skip();
      return items[head] ?? null;
    },
    find(isOne) {
      skip();
      for (let at = head; at < items.length; at++) {
        const item = items[at];
        if (item && !item.taken && isOne(item)) return item;
      }
      return null;
    },
  };
}
