/** A list of 32-bit integers in one buffer: it is emptied and filled again without a word to the garbage collector. */
export interface Integers {
  length: number;
  /** The integer at this place; undefined beyond the end. */
  at(place: number): number | undefined;
  last(): number | undefined;
  push(value: number): void;
  pop(): number | undefined;
}

export function createIntegers(): Integers {
  let values = new Int32Array(1024);
  const list: Integers = {
    length: 0,
    at: place => (place < list.length ? values[place] : undefined),
    last: () => list.at(list.length - 1),
    push(value) {
      if (list.length === values.length) {
        const larger = new Int32Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[list.length++] = value;
    },
    pop() {
      const last = list.last();
      list.length = Math.max(0, list.length - 1);
      return last;
    },
  };
  return list;
}
