/**
 * The panel in real DevTools: how soon it is there, how soon a call is on screen, and how it fares with 100,000 records.
 * `npm run bench -- panel [--browser chromium|firefox] [--records 100000] [--seconds 60] [--only calls|scale]`
 */

import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import { browserName } from '../../src/cli/command.ts';
import { setRepositories } from '../../src/cli/inspected.ts';
import { extensionOf } from '../browser/support/world.ts';
import { startWiki } from '../wiki/index.ts';
import { calls } from './panel-calls.ts';
import { scale } from './panel-scale.ts';
import { type Measure, measured, writeResults } from './results.ts';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    records: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '60' },
    only: { type: 'string' },
  },
});
const name = browserName(values.browser);
const load = () => measured('load of the machine, average of a minute', loadavg()[0] ?? NaN, '');
const measures: Measure[] = [load()];
const wiki = await startWiki();
const browser = await openBrowser({ browser: name, extension: extensionOf(name) });
try {
  await browser.page.goto(`${wiki.url}wiki/Blank`);
  const panel = await browser.page.panel();
  const painted = await panel.waitFor<number>(
    `performance.getEntriesByName('first-contentful-paint')[0]?.startTime`,
    undefined,
    { what: 'the first paint' },
  );
  measures.push(measured('first paint of the panel', painted, 'ms', 150));
  await setRepositories(
    panel,
    ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`),
  );
  await panel.click('#tab-events');
  const scene = { browser, panel, wiki };
  if (values.only !== 'scale') measures.push(...(await calls(scene)));
  if (values.only !== 'calls') measures.push(...(await scale(scene, Number(values.records), Number(values.seconds))));
  writeResults('panel', name, browser.version, [...measures, load()]);
} finally {
  await browser.close();
  await wiki.close();
}
