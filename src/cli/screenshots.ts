/**
 * `npm run screenshots`: docs/panel.png, the picture in the README, of the real panel over the embedded wiki's tour; and
 * docs/views/<view>-<light|dark>.png, each view as a page, with the same records, and some with what they open; the
 * narrow ones are 400 pixels wide.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWiki, type Wiki } from '../../test/wiki/index.ts';
import { TOUR, TOUR_PATH } from '../../test/wiki/tour.ts';
import { closeAll } from './browsers/process.ts';
import { until } from './browsers/source.ts';
import type { Browser, Panel } from './browsers/types.ts';
import { EXIT, ROOT, say } from './command.ts';
import { caughtUp, flush, openFor, recordsOf, setRepositories } from './inspected.ts';

const PICTURE = join(ROOT, 'docs/panel.png');
const PICTURES = join(ROOT, 'docs/views');
const SIZES = { '': [1_600, 900], 'narrow-': [400, 900] } as const;
/** What is opened in a view, for one more picture of it: source that does so. */
const OPENED: readonly { view: string; name: string; open: string }[] = [
  { view: 'overview', name: 'events-details', open: clickOn('.line', 'wiki.rare') },
  { view: 'sampling', name: 'sampling-why', open: clickOn('.explain', 'wiki-half') },
  { view: 'catalogue', name: 'catalogue-stream', open: clickOn('.entry', 'wiki.half') },
  { view: 'catalogue', name: 'catalogue-schema', open: clickOn('.entry', '/analytics/product_metrics/web/base/2.1.0') },
];

/** Source: closes what stands beside a list. */
const CLOSE = `void document.querySelector('#view button[aria-label=Close]').click()`;

function clickOn(selector: string, text: string): string {
  return `void [...document.querySelectorAll('${selector}')].find(one => one.innerText.includes('${text}')).click()`;
}

/** The call whose details are shown: dropped, with a sampling behind it. */
const SHOWN = 'wiki.rare';
/** All records of the tour but those of the page's end, which it does not reach here. */
const EXPECTED = TOUR.filter(({ id }) => id !== 'event-at-pagehide').flatMap(step => step.expected).length;

/** A panel that was there before the tour began: statuses go to the panels that are open when they come. */
async function tour(browser: Browser, wiki: Wiki, open: () => Promise<Panel>): Promise<Panel> {
  const { page } = browser;
  await page.goto(`${wiki.url}wiki/Blank?clients=0`);
  const panel = await open();
  await setRepositories(
    panel,
    ['primary', 'secondary'].map(name => `${wiki.url}schemas/${name}/jsonschema/`),
  );
  await page.goto(new URL(TOUR_PATH, wiki.url).href);
  await until(`${EXPECTED} records of the tour`, async () => (await recordsOf(panel)).length >= EXPECTED);
  await flush(panel);
  await caughtUp(panel, true, 10_000);
  return panel;
}

async function showInDevTools(browser: Browser, wiki: Wiki): Promise<Panel> {
  const panel = await tour(browser, wiki, () => browser.page.panel());
  await panel.click('#tab-events');
  const shown = (await recordsOf(panel)).find(({ stream }) => stream === SHOWN);
  if (!shown) throw new Error(`The tour has no call for the stream ${SHOWN}`);
  const toTop = () => panel.evaluate(`void (document.querySelector('#events').scrollTop = 0)`);
  await toTop();
  await panel.click(`.row[data-id="${shown.id}"]`);
  await panel.waitFor(`document.querySelector('.details')`);
  await toTop();
  return panel;
}

/** DevTools leave the place of the page above them empty in their own picture: the page's picture goes there. */
async function photograph(browser: Browser, panel: Panel): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-screenshots-'));
  try {
    const [devtools, page] = [join(folder, 'devtools.png'), join(folder, 'page.png')];
    await panel.screenshotWhole(devtools);
    await browser.page.screenshot(page);
    const layers = [devtools, page].map(file => readFileSync(file, 'base64'));
    return Buffer.from(await panel.evaluate(stacked, layers), 'base64');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs in the panel: PNGs (base64) drawn one over the other from the top left, as large as the first. */
async function stacked(layers: string[]): Promise<string> {
  const pictures = await Promise.all(
    layers.map(layer => createImageBitmap(new Blob([Uint8Array.from(atob(layer), byte => byte.charCodeAt(0))]))),
  );
  const canvas = document.createElement('canvas');
  canvas.width = pictures[0]?.width ?? 0;
  canvas.height = pictures[0]?.height ?? 0;
  for (const picture of pictures) canvas.getContext('2d')?.drawImage(picture, 0, 0);
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}

async function show(panel: Panel, view: string): Promise<void> {
  await panel.click(`#tab-${view}`);
  await panel.waitFor(
    `document.querySelector('#tab-${view}').ariaSelected === 'true' && !document.querySelector('#view > .loading')`,
  );
}

async function bothThemes(panel: Panel, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await panel.evaluate(`new Promise(drawn => {
      document.documentElement.dataset.theme = '${theme}';
      document.activeElement?.blur();
      requestAnimationFrame(() => requestAnimationFrame(() => drawn(null)));
    })`);
    const file = join(PICTURES, `${name}-${theme}.png`);
    await panel.screenshot(file);
    say(file);
  }
}

/** Each view, light and dark, wide and narrow. */
async function photographViews(browser: Browser, wiki: Wiki): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const panel = await tour(browser, wiki, () => browser.page.panelPage());
  const views = await panel.evaluate<string[]>(
    `[...document.querySelectorAll('[role=tab]')].map(tab => tab.id.slice(4))`,
  );
  for (const [prefix, [width, height]] of Object.entries(SIZES)) {
    await panel.resize(width, height);
    for (const view of views) {
      await show(panel, view);
      await bothThemes(panel, `${prefix}${view}`);
      for (const { name, open } of OPENED.filter(one => one.view === view)) {
        await panel.evaluate(open);
        await panel.evaluate('inspector.settled()');
        await bothThemes(panel, `${prefix}${name}`);
        await panel.evaluate(CLOSE);
      }
    }
  }
  await panel.close();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void closeAll().finally(() => process.exit(EXIT.failed)));

const wiki = await startWiki();
/** In a browser of its own: the tour leaves an exposure log behind. */
async function withBrowser(run: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await openFor(new URL(wiki.url), 'chromium', true);
  try {
    await run(browser);
  } finally {
    await browser.close();
  }
}

try {
  await withBrowser(browser => photographViews(browser, wiki));
  await withBrowser(async browser =>
    writeFileSync(PICTURE, await photograph(browser, await showInDevTools(browser, wiki))),
  );
  say(PICTURE);
} finally {
  await wiki.close();
}
