/** The same in the real panel, by its own controls: `npm run bench -- files --browser chromium|firefox`. */

import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { BrowserName, Page } from '../../src/cli/browsers/types.ts';
import { putInside } from '../browser/support/inside.ts';
import { extensionOf } from '../browser/support/world.ts';
import type { Meter } from './panel-meter.ts';
import { startMeter } from './panel-meter.ts';
import { type Measure, measured, writeResults } from './results.ts';

const BUDGET = 10;
const PATIENCE = { timeout: 120_000 };
const PLAN = `plan: 1
name: Files
expect:
  - { name: Opened, of: { action: open }, atLeast: 10000 }
  - { name: No close twice, of: { action: nothing }, never: true }
`;

/** Source of the row of a recording. */
const row = (name: string) =>
  `[...document.querySelectorAll('.recordings li')].find(li => li.querySelector('a')?.textContent.trim() === ${name})`;
const EXPORT = `void ${row(`'Session 0'`)}.querySelector('button[aria-label^="Export"]').click()`;

export async function measurePanel(name: BrowserName): Promise<void> {
  const browser = await openBrowser({ browser: name, extension: extensionOf(name) });
  try {
    const page = await browser.extensionPage(`panel.html?tab=${browser.page.tab}`);
    await putInside(page, 'test/bench/files-subject.ts');
    await page.waitFor(`document.querySelector('#tab-tests')`);
    await page.click('#tab-tests');
    await page.waitFor(`document.querySelector('.tests textarea')`);
    await page.evaluate((plan: string) => {
      const area = document.querySelector<HTMLTextAreaElement>('.tests textarea');
      if (area) area.value = plan;
      area?.dispatchEvent(new Event('input', { bubbles: true }));
    }, PLAN);
    writeResults('files', name, browser.version, await measure(page));
  } finally {
    await browser.close();
  }
}

async function measure(page: Page): Promise<Measure[]> {
  const measures: Measure[] = [];
  const timed = async (what: string, work: () => Promise<unknown>) => {
    await page.evaluate(startMeter, 'none');
    const began = performance.now();
    await work();
    const seconds = (performance.now() - began) / 1_000;
    const { task } = await page.evaluate<Pick<Meter, 'task'>>('(meter.stop(), { task: meter.task })');
    measures.push(measured(what, seconds, 's', BUDGET), measured(`longest task of it`, task, 'ms'));
  };
  const list = (count: number) =>
    page.waitFor(`document.querySelectorAll('.recordings li').length === ${count}`, undefined, PATIENCE);

  const take = async (shift: number, count: number, format: string, more = '') => {
    const megabytes = await page.evaluate<number>(
      `(globalThis.file = inside.fileOf(inside.sessionOf(${shift}), '${format}', 'Session ${shift}${more}'), Math.round(file.size / 1e6))`,
    );
    await timed(`import ${format}, ${megabytes} MB`, async () => {
      await page.evaluate(() => {
        const input = document.querySelector<HTMLInputElement>('.files-in input');
        const transfer = new DataTransfer();
        transfer.items.add((globalThis as unknown as { file: File }).file);
        if (!input) throw new Error('no input');
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await list(count);
    });
  };
  await take(0, 1, 'ndjson');
  await take(1, 2, 'ndjson');
  await take(2, 3, 'events', ' events');

  const ready = `!document.querySelector('#tests-save')?.disabled && !/^(Loading|…)/.test(document.querySelector('.preview')?.textContent ?? '…')`;
  await timed('export: opened, judged, previewed', async () => {
    await page.evaluate(EXPORT);
    await page.waitFor(ready, undefined, PATIENCE);
  });
  for (const format of ['ndjson', 'csv', 'html', 'markdown']) {
    if (!(await page.evaluate(`document.querySelector('dialog[open]') !== null`))) await page.evaluate(EXPORT);
    await page.waitFor(ready, undefined, PATIENCE);
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
  return measures;
}
