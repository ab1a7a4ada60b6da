/**
 * `npm run real -- --sources DIR [--browser chromium|firefox]`: the cases over unmodified checkouts of the real clients.
 * With `--sampling`, our verdicts on sampling against theirs instead (`sampling.ts`).
 * Prints NDJSON: a line for each checkout with its commit, one for each case with what was expected and what was seen, and a
 * summary. Exits 1 on a difference.
 */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { BrowserName } from '../../src/cli/browsers/types.ts';
import { packedExtension } from '../../src/cli/package.ts';
import { ensureBrowser } from '../../src/cli/setup.ts';
import { startWiki } from '../wiki/index.ts';
import { SETS } from './cases.ts';
import { runCases } from './run.ts';
import { compareSampling } from './sampling.ts';
import { howToGet, SOURCES } from './sources.ts';
import { tell } from './state.ts';
import { rowOf } from './table.ts';

const BROWSERS: BrowserName[] = ['chromium', 'firefox'];

const print = (line: object): void => console.log(JSON.stringify(line));

function fail(status: number, message: string): never {
  console.error(message);
  process.exit(status);
}

interface Options {
  sources: string;
  browser: BrowserName;
  /** Folder of the unpacked extension for this browser. */
  extension: string;
  only: string | undefined;
  generation: string | undefined;
}

async function run({ sources, browser: name, extension, only = '', generation }: Options): Promise<number> {
  const told = SOURCES.map(source => tell(source, join(sources, source.name), print));
  const wiki = await startWiki({ sources });
  const browser = await openBrowser({ browser: name, extension, executable: await ensureBrowser(name) });
  const counts: { [set: string]: { cases: number; failed: number; seconds: number } } = {};
  try {
    const panel = await browser.page.panelPage();
    const repositories = ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`);
    await panel.evaluate(`inspector.setRepositories(${JSON.stringify(repositories)})`);
    const stage = { wiki, browser: name, page: browser.page, panel };
    for (const { client, generation: of, cases } of SETS.filter(
      set => (generation ?? set.generation) === set.generation,
    )) {
      const begin = Date.now();
      const outcomes = await runCases(
        stage,
        cases.filter(one => one.name.includes(only)),
      );
      for (const outcome of outcomes) {
        const { differences, records } = outcome;
        const more = differences.length > 0 ? { differences, records } : {};
        print({ type: 'case', browser: name, generation: of, client, ...rowOf(outcome), ...more });
      }
      counts[`${client} ${of}`] = {
        cases: outcomes.filter(({ one }) => one).length,
        failed: outcomes.filter(({ differences }) => differences.length > 0).length,
        seconds: (Date.now() - begin) / 1000,
      };
    }
    const sum = (key: 'cases' | 'failed') => Object.values(counts).reduce((all, count) => all + count[key], 0);
    const failed = sum('failed');
    const { version } = browser;
    print({ type: 'summary', browser: version, cases: sum('cases'), failed, counts, asInTable: told.every(Boolean) });
    return failed > 0 ? 1 : 0;
  } finally {
    await browser.close();
    await wiki.close();
  }
}

const { values } = parseArgs({
  options: {
    sources: { type: 'string' },
    browser: { type: 'string', default: 'chromium' },
    extension: { type: 'string' },
    /** Only cases whose name has this in it. */
    only: { type: 'string' },
    /** Only cases of this generation. */
    generation: { type: 'string' },
    /** Compares verdicts on sampling in Node, without a browser, instead of running the cases. */
    sampling: { type: 'boolean', default: false },
  },
});
const browser = BROWSERS.find(name => name === values.browser);
if (!browser) fail(2, `--browser ${values.browser} is unknown: give ${BROWSERS.join(' or ')}.`);
/** A path as the user means it: npm runs scripts in the project's folder, wherever it was called. */
const asked = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path);
const sources = values.sources === undefined ? undefined : asked(values.sources);
const missing = SOURCES.filter(({ name }) => !existsSync(join(sources ?? '', name)));
if (sources === undefined || missing.length > 0) {
  const names = missing.map(({ name }) => name).join(', ');
  const what = sources === undefined ? 'No --sources' : `${sources} has no ${names}`;
  console.error(`${what}: 0 cases run. Run these there:\n${howToGet(missing).join('\n')}`);
  print({ type: 'summary', browser, cases: 0, failed: 0 });
} else if (values.sampling) {
  process.exitCode = compareSampling(sources, print) > 0 ? 1 : 0;
} else {
  const extension = values.extension === undefined ? await packedExtension(browser) : asked(values.extension);
  const { only, generation } = values;
  process.exitCode = await run({ sources, browser, extension, only, generation });
}
