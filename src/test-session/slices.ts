/** Long work in slices: a generator yields wherever others may run, and tells how far it has come. */

/** Milliseconds of work between two pauses: a frame of the panel is not missed for it. */
const SLICE = 12;

/** Lets others run; awaited every some milliseconds. */
export type Pause = () => Promise<void>;

/** All of it at once. */
export function finish<T>(work: Generator<unknown, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

/** @param onYield told what the work yields, each time before others run */
export async function inSlices<Y, T>(work: Generator<Y, T>, pause: Pause, onYield?: (value: Y) => void): Promise<T> {
  let since = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    if (performance.now() - since < SLICE) continue;
    onYield?.(step.value);
    await pause();
    since = performance.now();
  }
}
