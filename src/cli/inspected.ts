import { openBrowser } from './browsers/open.ts';
import type { Browser, BrowserName, Panel } from './browsers/types.ts';
import type { Record } from '../record/record.ts';
import { until } from './browsers/source.ts';
import { extensionFor } from './package.ts';
import { ensureBrowser } from './setup.ts';
import { say } from './command.ts';

/** Sets up and opens a browser whose extension may look at the address. */
export async function openFor(url: URL, name: BrowserName, headless: boolean): Promise<Browser> {
  const executable = await ensureBrowser(name);
  const extension = await extensionFor(url, name);
  try {
    say(`Opening ${name}${headless ? ', headless' : ''} …`);
    const browser = await openBrowser({ browser: name, extension: extension.folder, executable, headless });
    const close = async () => {
      await browser.close();
      extension.remove();
    };
    return { ...browser, close };
  } catch (error) {
    extension.remove();
    throw error;
  }
}

/* The panel's document has `globalThis.inspector` for those who drive it. */

export const setRepositories = (panel: Panel, bases: string[]): Promise<unknown> =>
  panel.evaluate(`inspector.setRepositories(${JSON.stringify(bases)})`);

/** Has the page's clients send what they have queued. */
export const flush = (panel: Panel): Promise<unknown> => panel.evaluate('inspector.flush()');

export const recordsOf = (panel: Panel): Promise<Record[]> => panel.evaluate('inspector.records()');

/** Waits until all records have their verdict, and the panel shows what the log has. */
export const settled = (panel: Panel): Promise<unknown> => panel.evaluate('inspector.settled()');

/** The log as an exported file's lines, the header first. */
export async function linesOf(panel: Panel): Promise<string[]> {
  return (await panel.evaluate<string>('inspector.lines()')).trimEnd().split('\n');
}

/** Waits until nothing that has been sent is unanswered, at most `timeout` milliseconds. */
export async function answered(panel: Panel, timeout: number): Promise<void> {
  const done = async () =>
    (await recordsOf(panel)).every(({ delivery }) => delivery.state !== 'queued' && delivery.state !== 'sent');
  // What has no answer by then is told as it stands.
  await until('answers', done, timeout).catch(() => undefined);
}
