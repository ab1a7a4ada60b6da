import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';

/** Kills a browser that was started in a process group of its own, with all of its processes. */
export function kill(child: ChildProcess | null): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Kills a browser and resolves when it is gone. */
export async function ended(child: ChildProcess | null): Promise<void> {
  if (child?.pid === undefined) return;
  const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
  kill(child);
  await exit;
}

/** Its last processes may still write for a moment. */
export const removeProfile = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });

type Close = () => Promise<void>;
const closing = new Set<Close>();

/** Remembers how a browser is closed, from its start on, until it was closed. */
export function closable(close: Close): Close {
  const once = async () => {
    if (!closing.delete(once)) return;
    await close();
  };
  closing.add(once);
  return once;
}

/** Closes all browsers that are open or about to be, for a program that ends early. */
export async function closeAll(): Promise<void> {
  await Promise.allSettled([...closing].map(close => close()));
}
