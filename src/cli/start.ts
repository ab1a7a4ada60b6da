import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWiki, type Wiki } from '../../test/wiki/index.ts';
import { TOUR, TOUR_PATH } from '../../test/wiki/tour.ts';
import type { Record } from '../record/record.ts';
import { until } from './browsers/source.ts';
import type { Browser, Page, Panel } from './browsers/types.ts';
import { browserName, CommandError, EXIT, parse, ROOT, say, usage, webAddress } from './command.ts';
import { caughtUp, flush, linesOf, openFor, recordsOf, setRepositories } from './inspected.ts';
import { readPanel, type ShownRow } from './panel-text.ts';
import { table, told } from './table.ts';

const RESULTS = join(ROOT, 'test/results');

/** `npm start`: the browser with the extension and DevTools open on the panel; with no display the tour, as text. */
export async function start(args: string[]): Promise<number> {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      browser: { type: 'string', default: 'chromium' },
      headless: { type: 'boolean', default: !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'] },
    },
  });
  if (positionals.length > 1)
    throw usage('Usage: npm start -- [https://some.wiki/] [--browser chromium|firefox] [--headless]');
  const name = browserName(values.browser);
  const given = positionals[0] === undefined ? null : webAddress(positionals[0]);

  const wiki = given ? null : await startWiki();
  try {
    if (wiki) say(`The embedded wiki is at ${wiki.url}`);
    const url = given ?? new URL(TOUR_PATH, wiki?.url);
    const browser = await openFor(url, name, values.headless);
    try {
      return await (values.headless ? tell(browser, url, wiki) : show(browser, url, wiki));
    } finally {
      await browser.close();
    }
  } finally {
    await wiki?.close();
  }
}

async function openPanel(page: Page, wiki: Wiki | null): Promise<Panel> {
  say('Opening DevTools on the panel …');
  const panel = await page.panel();
  if (wiki)
    await setRepositories(
      panel,
      ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`),
    );
  return panel;
}

async function show(browser: Browser, url: URL, wiki: Wiki | null): Promise<number> {
  await browser.page.goto(url.href);
  await openPanel(browser.page, wiki);
  say('Ready. Close the browser, or press Ctrl+C, to end.');
  await browser.closed();
  return EXIT.ok;
}

/** Drives the page, and prints what the real panel in real DevTools shows of it. */
async function tell(browser: Browser, url: URL, wiki: Wiki | null): Promise<number> {
  const { page, name } = browser;
  if (wiki) await page.goto(`${wiki.url}wiki/Blank?clients=0`);
  const panel = await openPanel(page, wiki);
  say(`Loading ${url.href} …`);
  await page.goto(url.href);
  if (wiki) await tour(page, panel, wiki);
  await flush(panel);
  await caughtUp(panel, true, 10_000);

  const rows = await readPanel(panel);
  const lines = await linesOf(panel);
  process.stdout.write(table(rows));
  mkdirSync(RESULTS, { recursive: true });
  await panel.screenshot(join(RESULTS, `panel-${name}.png`));
  await panel.screenshotWhole(join(RESULTS, `devtools-${name}.png`));
  writeFileSync(join(RESULTS, `start-${name}.ndjson`), lines.map(line => `${line}\n`).join(''));

  const records = lines.map(line => JSON.parse(line) as Record).filter(({ type }) => type === 'record');
  // Of any other page text may be cut or marked on the panel, for its own good.
  const different = wiki ? differences(rows, records) : [];
  if (different.length > 0)
    throw new CommandError(EXIT.failed, `The panel shows something else than its log has:\n${different.join('\n')}`);
  say(`${rows.length} calls; the panel's text and its log are the same. Screenshots and NDJSON: ${RESULTS}`);
  return EXIT.ok;
}

/** The page makes all calls by itself; the last is made as it is left. */
async function tour(page: Page, panel: Panel, wiki: Wiki): Promise<void> {
  await page.waitFor(`document.documentElement.dataset.tour === 'done'`, undefined, { what: 'the tour of calls' });
  await page.goto(`${wiki.url}wiki/Blank?clients=0`);
  const expected = TOUR.flatMap(step => step.expected).length;
  await until(`${expected} records of the tour`, async () => (await recordsOf(panel)).length >= expected);
}

function differences(rows: ShownRow[], records: Record[]): string[] {
  const shown = new Map(rows.map(row => [row.id, JSON.stringify(row)]));
  const found = records.flatMap(record => {
    const logged = JSON.stringify({ id: record.id, ...told(record) });
    return shown.get(record.id) === logged ? [] : [`shown ${shown.get(record.id)}, logged ${logged}`];
  });
  return rows.length === records.length ? found : [...found, `${rows.length} rows for ${records.length} records`];
}
