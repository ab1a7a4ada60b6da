import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { BrowserName } from './types.ts';

/** Where a browser may be: an environment variable that names the program, else these names on the PATH. */
export const PROGRAMS: { [B in BrowserName]: { variable: string; names: string[] } } = {
  chromium: { variable: 'CHROMIUM', names: ['chromium', 'google-chrome', 'google-chrome-stable', 'chrome'] },
  firefox: { variable: 'FIREFOX', names: ['firefox-esr', 'firefox'] },
};

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser's program, or null where there is none. */
export function findBrowser(browser: BrowserName, environment: NodeJS.ProcessEnv = process.env): string | null {
  const { variable, names } = PROGRAMS[browser];
  const named = environment[variable];
  if (named) return executable(named) ? named : null;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(executable) ?? null;
}
