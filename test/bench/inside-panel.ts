/** Where a benchmark of the panel's parts runs: within the real panel where a browser is named. */

import { parseArgs } from 'node:util';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { BrowserName } from '../../src/cli/browsers/types.ts';
import { browserName } from '../../src/cli/command.ts';
import { putInside } from '../browser/support/inside.ts';
import { extensionOf } from '../browser/support/world.ts';

export interface InsidePanel {
  name: BrowserName;
  version: string;
  /** Evaluates an expression that sees the module as `inside`. */
  run<T>(expression: string): Promise<T>;
  close(): Promise<void>;
}

/** The panel with this module in it; null where no `--browser` is named. */
export async function insidePanel(entry: string): Promise<InsidePanel | null> {
  const { values } = parseArgs({ options: { browser: { type: 'string' } } });
  if (values.browser === undefined) return null;
  const name = browserName(values.browser);
  const browser = await openBrowser({ browser: name, extension: extensionOf(name) });
  try {
    const page = await browser.extensionPage(`panel.html?tab=${browser.page.tab}`);
    await putInside(page, entry);
    return { name, version: browser.version, run: expression => page.evaluate(expression), close: browser.close };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
