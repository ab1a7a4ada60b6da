import { openBrowser } from './browsers/open.ts';
import type { Browser, BrowserName, Panel } from './browsers/types.ts';
import type { Override } from '../record/override.ts';
import type { Record } from '../record/record.ts';
import { until } from './browsers/source.ts';
import { extensionFor } from './package.ts';
import { ensureBrowser } from './setup.ts';
import { CommandError, EXIT, say } from './command.ts';

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

/** Sets the override of a tab, as the panel does; the panel then says so. */
export async function setOverride(panel: Panel, tab: number, override: Override): Promise<void> {
  const request = JSON.stringify({ request: 'override.set', tab, override });
  const answer = await panel.evaluate<{ error?: string } | null>(
    `(globalThis.browser ?? chrome).runtime.sendMessage(${request})`,
  );
  if (answer?.error !== undefined) throw new CommandError(EXIT.failed, answer.error);
}

/** Has the page's clients send what they have queued. */
export const flush = (panel: Panel): Promise<unknown> => panel.evaluate('inspector.flush()');

export const recordsOf = (panel: Panel): Promise<Record[]> => panel.evaluate('inspector.records()');

/** Waits until all records have their verdict, and the panel shows what the log has. */
export const settled = (panel: Panel): Promise<unknown> => panel.evaluate('inspector.settled()');

/** The log as an exported file's lines, the header first. */
export async function linesOf(panel: Panel): Promise<string[]> {
  return (await panel.evaluate<string>('inspector.lines()')).trimEnd().split('\n');
}

/** A record's way from page to panel is far shorter than this, in milliseconds. */
const QUIET = 300;

/**
 * Waits until what the page has done has reached the log, and, where it was flushed, the intake has answered; for
 * answers at most `patience` milliseconds. What has no answer by then is told as it stands.
 */
export async function caughtUp(panel: Panel, flushed: boolean, patience = 2_000): Promise<void> {
  let before = '';
  let since = Date.now();
  const done = async () => {
    const records = await recordsOf(panel);
    const now = records.map(({ id, delivery }) => id + delivery.state).join();
    if (now !== before) [before, since] = [now, Date.now()];
    const open = flushed && records.some(({ delivery: { state } }) => state === 'queued' || state === 'sent');
    return !open && Date.now() - since >= QUIET;
  };
  await until('answers', done, patience).catch(() => undefined);
  await settled(panel);
}
