/** One at a time: what reads the state, changes it and makes the browser agree must not interleave. */

export type Queue = <T>(job: () => Promise<T>) => Promise<T>;

/** @returns a function that runs each job after all earlier ones, whether these failed or not, and gives its result */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return job => {
    const next = last.then(job);
    last = next.catch(() => undefined);
    return next;
  };
}
