/** Where a benchmark of the panel takes place: a browser with the panel in real DevTools, over the embedded wiki. */

import { loadavg } from 'node:os';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import { browserName } from '../../src/cli/command.ts';
import { setRepositories } from '../../src/cli/inspected.ts';
import { extensionOf } from '../browser/support/world.ts';
import { startWiki } from '../wiki/index.ts';
import type { Scene } from './panel-scale.ts';
import { type Measure, measured, writeResults } from './results.ts';

/** Measures in this browser, and writes what was measured under the benchmark's name. */
export async function onScene(bench: string, browser: string, measure: (scene: Scene) => Promise<Measure[]>) {
  const name = browserName(browser);
  const load = () => measured('load of the machine, average of a minute', loadavg()[0] ?? NaN, '');
  const before = load();
  const wiki = await startWiki();
  const opened = await openBrowser({ browser: name, extension: extensionOf(name) });
  try {
    await opened.page.goto(`${wiki.url}wiki/Blank`);
    const panel = await opened.page.panel();
    await setRepositories(
      panel,
      ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`),
    );
    const measures = await measure({ browser: opened, panel, wiki });
    writeResults(bench, name, opened.version, [before, ...measures, load()]);
  } finally {
    await opened.close();
    await wiki.close();
  }
}
