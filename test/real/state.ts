/** In what state a checkout is. */

import { execFileSync } from 'node:child_process';
import type { Source } from './sources.ts';

/** The commit of a checkout, and whether it is unmodified; null where it cannot be told. */
function stateOf(folder: string): { commit: string; clean: boolean } | null {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return { commit: git('rev-parse', 'HEAD'), clean: git('status', '--porcelain') === '' };
  } catch {
    return null;
  }
}

/** Prints the state of a checkout; whether it is the table's commit, unmodified. */
export function tell(source: Source, folder: string, print: (line: object) => void): boolean {
  const { generation, name, url, commit, modules } = source;
  const state = stateOf(folder);
  const asInTable = state?.commit === commit && state.clean;
  const { commit: is = null, clean = null } = state ?? {};
  print({ type: 'source', generation, name, url, modules, commit: is, clean, asInTable });
  return asInTable;
}
