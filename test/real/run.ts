/** Runs cases in a browser with the extension, over the real clients or over the wiki's own. */

import { setTimeout as delay } from 'node:timers/promises';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { BrowserName, Page, Panel } from '../../src/cli/browsers/types.ts';
import type { Record } from '../../src/record/record.ts';
import { startWiki, type Wiki } from '../wiki/index.ts';
import { HALF_OUT, type Case } from './case.ts';
import { differences } from '../wiki/compare.ts';

export interface Outcome {
  name: string;
  differences: string[];
  /** The records, where they differ from what was expected. */
  records?: readonly Record[];
}

export interface RunOptions {
  browser: BrowserName;
  /** Folder of the unpacked extension for this browser. */
  extension: string;
  /** The browser's program. */
  executable: string;
  /** Folder with the checkouts; the wiki's own clients where absent. */
  sources?: string;
  cases: Case[];
  onOutcome(outcome: Outcome): void;
}

/** How long a case has for all of its records to be as expected; a case that is as expected takes no longer than it needs. */
const PATIENCE = 5_000;

/**
 * Runs the cases one after the other, each in a page load of its own in one tab, watched by one panel.
 * @returns the browser's version
 * @throws where the browser does not start, or a source file is missing
 */
export async function runCases({
  browser: name,
  extension,
  executable,
  sources,
  cases,
  onOutcome,
}: RunOptions): Promise<string> {
  const wiki = await startWiki(sources === undefined ? {} : { sources });
  try {
    const browser = await openBrowser({ browser: name, extension, executable });
    try {
      const panel = await browser.page.panelPage();
      const repositories = ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`);
      await panel.evaluate(`inspector.setRepositories(${JSON.stringify(repositories)})`);
      for (const [index, one] of cases.entries()) {
        const outcome = await runCase(wiki, browser.page, panel, one, index).catch((error: unknown) => ({
          name: one.name,
          differences: [`could not be run: ${error instanceof Error ? error.message : String(error)}`],
        }));
        onOutcome(outcome);
      }
      return browser.version;
    } finally {
      await browser.close();
    }
  } finally {
    await wiki.close();
  }
}

/** The clients are there, and so is EventLogging's subscriber of tracked events, which comes with `load` or right after. */
const READY = `new Promise(resolve => {
  const clients = document.documentElement.dataset.clients === 'ready' || location.search.includes('clients=0');
  if (!clients || !window.mw?.track || document.readyState !== 'complete') resolve(false);
  else requestIdleCallback(() => setTimeout(() => resolve(true)));
})`;

async function runCase(wiki: Wiki, page: Page, panel: Panel, one: Case, index: number): Promise<Outcome> {
  const query = new URLSearchParams(one.query);
  query.set('session', one.session ?? HALF_OUT);
  query.set('case', String(index));
  const url = `${wiki.url}wiki/Blank?${query}`;
  const before = wiki.received.length;

  await page.goto(url);
  await page.waitFor(READY, undefined, { what: `the clients of ${url}` });
  await page.evaluate(`(async () => { sessionStorage.clear(); ${one.call}\n})()`);
  if (one.leave) await page.goto(`${wiki.url}wiki/Blank?clients=0`);
  else await panel.evaluate('inspector.flush()');

  const look = async (): Promise<{ found: string[]; records: readonly Record[] }> => {
    await panel.evaluate('inspector.settled()');
    const records = await panel.evaluate<Record[]>(
      `inspector.records().filter(({ page }) => page.url === ${JSON.stringify(url)})`,
    );
    const found = differences(records, one.expected);
    const arrived = wiki.received.slice(before).reduce((sum, { events }) => sum + events.length, 0);
    if (arrived !== one.arrive) found.push(`${arrived} events arrived at the intake instead of ${one.arrive}`);
    return { found, records };
  };
  const end = Date.now() + PATIENCE;
  let { found, records } = await look();
  while (found.length > 0 && Date.now() < end) {
    await delay(25);
    ({ found, records } = await look());
  }
  return { name: one.name, differences: found, ...(found.length > 0 ? { records } : {}) };
}
