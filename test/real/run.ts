/** Runs cases in a browser with the extension, over the real clients or over the wiki's own. */

import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserName, Page, Panel } from '../../src/cli/browsers/types.ts';
import type { Record } from '../../src/record/record.ts';
import { differences } from '../wiki/compare.ts';
import type { Wiki } from '../wiki/index.ts';
import type { Case } from './case.ts';
import { atLoad, callsOf, groups, partsOf, queryOf, type Group } from './groups.ts';

export interface Outcome {
  /** The case; null for what no case expected: of a page load, or beside its cases. */
  one: Case | null;
  name: string;
  differences: string[];
  records: readonly Record[];
}

/** Where cases run: one tab, watched by one panel that reads the wiki's schemas. */
export interface Stage {
  wiki: Wiki;
  browser: BrowserName;
  page: Page;
  panel: Panel;
}

/** How long a group has for all of its records to be as expected; one that is as expected takes no longer than it needs. */
const PATIENCE = 10_000;

/** The clients are there, and so is EventLogging's subscriber of tracked events, which comes with `load` or right after. */
const READY = `new Promise(resolve => {
  const clients = document.documentElement.dataset.clients === 'ready' || location.search.includes('clients=0');
  const track = window.mw?.track || window.metricsClient;
  if (!clients || !track || document.readyState !== 'complete') resolve(false);
  else requestIdleCallback(() => setTimeout(() => resolve(true)));
})`;

/**
 * Runs the cases, those that share a page one after the other in one page load.
 * @returns an outcome for each case that this browser runs, and one more for each page load with what nobody expected
 */
export async function runCases(stage: Stage, cases: readonly Case[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const group of groups(cases, stage.browser)) {
    const ran = await runGroup(stage, group).catch((error: unknown) =>
      group.cases.map(one => ({
        one,
        name: one.name,
        differences: [`could not be run: ${error instanceof Error ? error.message : String(error)}`],
        records: [],
      })),
    );
    outcomes.push(...ran);
  }
  return outcomes;
}

/** Counts page loads, for an address of its own for each. */
let loads = 0;

async function runGroup(stage: Stage, group: Group): Promise<Outcome[]> {
  const query = queryOf(group, loads++);
  if (query.get('cookies') !== '0') return runPage(stage, group, query);
  await stage.page.allowCookies(false);
  try {
    return await runPage(stage, group, query);
  } finally {
    await stage.page.allowCookies(true);
  }
}

async function runPage({ wiki, page, panel }: Stage, group: Group, query: URLSearchParams): Promise<Outcome[]> {
  const url = `${wiki.url}wiki/Blank?${query}`;
  const before = wiki.received.length;
  const arrive = group.cases.reduce((sum, one) => sum + one.arrive, 0);

  await page.goto(url);
  await page.waitFor(READY, undefined, { what: `the clients of ${url}` });
  const thrown = await page.evaluate<{ [index: number]: string }>(callsOf(group));
  if (group.cases[0]?.leave) await page.goto(`${wiki.url}wiki/Blank?clients=0`);
  else await panel.evaluate('inspector.flush()');

  const look = async (): Promise<Outcome[]> => {
    await panel.evaluate('inspector.settled()');
    const records = await panel.evaluate<Record[]>(
      `inspector.records().filter(({ page }) => page.url === ${JSON.stringify(url)})`,
    );
    const parts = partsOf(group, records);
    const arrived = wiki.received.slice(before).reduce((sum, { events }) => sum + events.length, 0);
    const beside = [...differences(parts.load, atLoad(group)), ...differences(parts.rest, [])];
    if (arrived !== arrive) beside.push(`${arrived} events arrived at the intake instead of ${arrive}`);
    return [
      ...group.cases.map((one, place) => {
        const found = parts.cases[place] ?? [];
        const threw = thrown[place] === undefined ? [] : [`the call threw ${thrown[place]}`];
        return { one, name: one.name, differences: [...threw, ...differences(found, one.expected)], records: found };
      }),
      ...(beside.length > 0
        ? [{ one: null, name: url, differences: beside, records: [...parts.load, ...parts.rest] }]
        : []),
    ];
  };
  const end = Date.now() + PATIENCE;
  let outcomes = await look();
  while (outcomes.some(outcome => outcome.differences.length > 0) && Date.now() < end) {
    await delay(20);
    outcomes = await look();
  }
  return outcomes;
}
