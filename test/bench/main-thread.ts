/** The processor time of a page's main thread, as Linux counts it: the only clock that is the same in both browsers. */

import { readdirSync, readFileSync } from 'node:fs';
import { until } from '../../src/cli/browsers/source.ts';
import type { Surface } from '../../src/cli/browsers/types.ts';

/** Milliseconds that the page spins, to be found among the browser's processes. */
const SPIN = 300;

type Spinning = Pick<Surface, 'evaluate'>;

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // the process has ended
  }
};

/** Milliseconds of processor time that the main thread of a process has had. @see proc(5), `schedstat` */
const timeOf = (pid: number): number => Number(read(`/proc/${pid}/schedstat`).split(' ')[0]) / 1e6;

function descendants(): number[] {
  const parents = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    // After the program's name, which may have anything in it: state, parent.
    .map(name => ({ pid: Number(name), parent: Number(/.*\) \S (\d+)/s.exec(read(`/proc/${name}/stat`))?.[1]) }));
  const of = (pid: number): number[] =>
    parents.filter(({ parent }) => parent === pid).flatMap(child => [child.pid, ...of(child.pid)]);
  return of(process.pid);
}

/** The process that works by far the most while the page spins; null where two do, as when a browser has just started. */
async function spinning(page: Spinning): Promise<number | null> {
  const before = descendants().map(pid => ({ pid, time: timeOf(pid) }));
  await page.evaluate(`(() => { for (const end = performance.now() + ${SPIN}; performance.now() < end; ); })()`);
  const [first, second] = before
    .map(({ pid, time }) => ({ pid, spent: timeOf(pid) - time }))
    .sort((a, b) => b.spent - a.spent);
  return first && first.spent > 3 * (second?.spent ?? 0) ? first.pid : null;
}

/**
 * Finds the process of the page, of a browser that this process has started, and answers its clock: milliseconds of
 * processor time that its main thread has had.
 * @throws where there is no /proc (elsewhere than on Linux)
 */
export async function mainThread(page: Spinning): Promise<() => number> {
  const pid = await until('the process of the page to be found', () => spinning(page), 60_000);
  return () => timeOf(pid);
}
