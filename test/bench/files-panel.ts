/** The same in the real panel, by its own controls: `npm run bench -- files --browser chromium|firefox [--large]`. */

import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { BrowserName, Page } from '../../src/cli/browsers/types.ts';
import { FORMATS } from '../../src/test-session/files/export.ts';
import { putInside } from '../browser/support/inside.ts';
import { extensionOf } from '../browser/support/world.ts';
import { startWiki } from '../wiki/index.ts';
import type { Meter } from './panel-meter.ts';
import { startMeter } from './panel-meter.ts';
import { type Measure, measured, writeResults } from './results.ts';

const BUDGET = 10;
/** Milliseconds of a task: beyond it the panel is felt to stand still. */
const LONGEST_TASK = 50;
const PATIENCE = { timeout: 240_000 };
/** Of one file: 200 MB. */
const LARGE = 120_000;
const PLAN = `plan: 1
name: Files
expect:
  - { name: Opened, of: { action: open }, atLeast: 10000 }
  - { name: No close twice, of: { action: nothing }, never: true }
`;

/** Source of the row of a recording. */
const row = (name: string) =>
  `[...document.querySelectorAll('.recordings li')].find(li => li.querySelector('a')?.textContent.trim() === ${name})`;
const openExport = (name: string) => `void ${row(`'${name}'`)}.querySelector('button[aria-label^="Export"]').click()`;

export async function measurePanel(name: BrowserName, large: boolean): Promise<void> {
  const wiki = await startWiki();
  const browser = await openBrowser({ browser: name, extension: extensionOf(name) });
  try {
    const page = await browser.extensionPage(`panel.html?tab=${browser.page.tab}`);
    await putInside(page, 'test/bench/files-subject.ts');
    const repositories = ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`);
    await page.evaluate(`inspector.setRepositories(${JSON.stringify(repositories)})`);
    await page.waitFor(`document.querySelector('#tab-tests')`);
    await page.click('#tab-tests');
    await page.waitFor(`document.querySelector('.tests textarea')`);
    await page.evaluate((plan: string) => {
      const area = document.querySelector<HTMLTextAreaElement>('.tests textarea');
      if (area) area.value = plan;
      area?.dispatchEvent(new Event('input', { bubbles: true }));
    }, PLAN);
    const measures = large ? await measureLarge(page) : await measure(page);
    writeResults(large ? 'files-large' : 'files', name, browser.version, measures);
  } finally {
    await browser.close();
    await wiki.close();
  }
}

function meterOf(page: Page) {
  const measures: Measure[] = [];
  return {
    measures,
    async timed(what: string, work: () => Promise<unknown>, budget: number | null = BUDGET): Promise<void> {
      await page.evaluate(startMeter, 'none');
      const began = performance.now();
      await work();
      const seconds = (performance.now() - began) / 1_000;
      const { task } = await page.evaluate<Pick<Meter, 'task'>>('(meter.stop(), { task: meter.task })');
      measures.push(measured(what, seconds, 's', budget), measured(`longest task of it`, task, 'ms', LONGEST_TASK));
    },
  };
}

/** Gives the panel `globalThis.file`, and waits for the recording that it becomes. */
async function choose(page: Page, count: number): Promise<void> {
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('.files-in input');
    const transfer = new DataTransfer();
    transfer.items.add((globalThis as unknown as { file: File }).file);
    if (!input) throw new Error('no input');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.waitFor(`document.querySelectorAll('.recordings li').length === ${count}`, undefined, PATIENCE);
}

const makeFile = (page: Page, session: string, format: string, name: string) =>
  page.evaluate<number>(
    `(globalThis.file = inside.fileOf(inside.sessionOf(${session}), '${format}', '${name}'), Math.round(file.size / 1e6))`,
  );

async function measureLarge(page: Page): Promise<Measure[]> {
  const { measures, timed } = meterOf(page);
  const heap = async (what: string) => measures.push(measured(what, (await page.heap()) / 1e6, 'MB'));
  const megabytes = await makeFile(page, `0, 'Large', ${LARGE}`, 'ndjson', 'Large');
  await heap('heap before');
  await timed(`import of ${megabytes} MB`, () => choose(page, 1), null);
  await heap('heap after it');
  return measures;
}

async function measure(page: Page): Promise<Measure[]> {
  const { measures, timed } = meterOf(page);
  const take = async (shift: number, count: number, format: string, more = '') => {
    const megabytes = await makeFile(page, String(shift), format, `Session ${shift}${more}`);
    await timed(`import ${format}, ${megabytes} MB`, () => choose(page, count));
  };
  await take(0, 1, 'ndjson');
  await take(1, 2, 'ndjson');
  await take(2, 3, 'events', ' events');

  const ready = `!document.querySelector('#tests-save')?.disabled && !/^(Loading|…)/.test(document.querySelector('.preview')?.textContent ?? '…')`;
  const open = async (name: string) => {
    await page.evaluate(openExport(name));
    await page.waitFor(ready, undefined, PATIENCE);
  };
  await timed('export: opened, previewed', () => open('Session 0'));
  for (const format of Object.keys(FORMATS)) {
    if (!(await page.evaluate(`document.querySelector('dialog[open]') !== null`))) await open('Session 0');
    await page.evaluate((one: string) => {
      const select = document.querySelector<HTMLSelectElement>('dialog .format');
      if (select) select.value = one;
      select?.dispatchEvent(new Event('change', { bubbles: true }));
    }, format);
    await page.waitFor(
      `document.querySelector('.preview')?.dataset.format === '${format}' && ${ready}`,
      undefined,
      PATIENCE,
    );
    await timed(`export ${format}, redacted, with the plan's results`, async () => {
      await page.click('#tests-save');
      await page.waitFor(`!document.querySelector('dialog[open]')`, undefined, PATIENCE);
    });
  }
  await timed('compare', async () => {
    await page.evaluate(`['Session 0', 'Session 1'].forEach(name => ${row('name')}.querySelector('input').click())`);
    await page.click('#tests-compare');
    await page.waitFor(`document.querySelector('#tests-compared')`, undefined, PATIENCE);
  });
  await page.click('.tests button');
  // Each verdict is the intake's own validator's: its speed has a budget of its own.
  await timed('export of bare events: opened, all judged, previewed', () => open('Session 2 events'), null);
  return measures;
}
