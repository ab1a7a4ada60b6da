/**
 * `npm run real -- --sources DIR [--browser chromium|firefox]`: the cases over unmodified checkouts of the real clients.
 * Prints NDJSON: a line for each checkout, one for each case, and a summary. Exits 1 on a difference.
 */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserName } from '../../src/cli/browsers/types.ts';
import { packedExtension } from '../../src/cli/package.ts';
import { ensureBrowser } from '../../src/cli/setup.ts';
import { CASES } from './cases.ts';
import { runCases } from './run.ts';
import { SOURCES, type Source } from './sources.ts';

const BROWSERS: BrowserName[] = ['chromium', 'firefox'];

const print = (line: object): void => console.log(JSON.stringify(line));

function fail(status: number, message: string): never {
  console.error(message);
  process.exit(status);
}

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
function tell({ name, url, commit, modules }: Source, folder: string): boolean {
  const state = stateOf(folder);
  const asInTable = state?.commit === commit && state.clean;
  print({ type: 'source', name, url, modules, commit: state?.commit ?? null, clean: state?.clean ?? null, asInTable });
  return asInTable;
}

async function run(
  sources: string,
  browser: BrowserName,
  extension: string,
  only: string | undefined,
): Promise<number> {
  const told = SOURCES.map(source => tell(source, join(sources, source.name)));
  const cases = CASES.filter(
    one => (one.browser ?? browser) === browser && (only === undefined || one.name.includes(only)),
  );
  let failed = 0;
  const version = await runCases({
    browser,
    extension,
    executable: await ensureBrowser(browser),
    sources,
    cases,
    onOutcome: outcome => {
      const ok = outcome.differences.length === 0;
      if (!ok) failed++;
      print({ type: 'case', browser, ok, ...outcome });
    },
  });
  print({ type: 'summary', browser: version, cases: cases.length, failed, asInTable: told.every(Boolean) });
  return failed > 0 ? 1 : 0;
}

const { values } = parseArgs({
  options: {
    sources: { type: 'string' },
    browser: { type: 'string', default: 'chromium' },
    extension: { type: 'string' },
    /** Only cases whose name has this in it. */
    only: { type: 'string' },
  },
});
const browser = BROWSERS.find(name => name === values.browser);
if (!browser) fail(2, `--browser ${values.browser} is unknown: give ${BROWSERS.join(' or ')}.`);
/** A path as the user means it: npm runs scripts in the project's folder, wherever it was called. */
const asked = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path);
const sources = values.sources === undefined ? undefined : asked(values.sources);
const missing = SOURCES.filter(({ name }) => !existsSync(join(sources ?? '', name)));
if (sources === undefined || missing.length > 0) {
  const what =
    sources === undefined ? 'No --sources' : `${sources} has no ${missing.map(({ name }) => name).join(', ')}`;
  console.error(`${what}: 0 cases run. Give a folder with checkouts of ${SOURCES.map(({ url }) => url).join(', ')}.`);
  print({ type: 'summary', browser, cases: 0, failed: 0 });
} else {
  const extension = values.extension === undefined ? await packedExtension(browser) : asked(values.extension);
  process.exitCode = await run(sources, browser, extension, values.only);
}
