/** What a browser test works with: a browser with the packed extension, the embedded wiki, and the panel of the first tab. */

import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openBrowser } from '../../../src/cli/browsers/open.ts';
import type { Browser, BrowserName, OpenOptions, Panel } from '../../../src/cli/browsers/types.ts';
import type { Json, Record } from '../../../src/record/record.ts';
import type { Override } from '../../../src/record/override.ts';
import { startWiki, type Wiki, type WikiOptions } from '../../wiki/index.ts';

/** `BROWSER=firefox` runs the tests in that browser only. */
export const BROWSERS: BrowserName[] = (['chromium', 'firefox'] as const).filter(
  name => (process.env['BROWSER'] ?? name) === name,
);

/** `npm run test:full` runs the stated counts, `npm test` a few of each. */
export const FULL = process.env['FULL'] === '1';
export const times = (few: number, stated: number): number => (FULL ? stated : few);

/** The unpacked release zip of this browser (`npm run package` makes it). */
export const extensionOf = (browser: BrowserName): string =>
  resolve(process.env['EXTENSIONS'] ?? 'release/unpacked', browser);

export interface World {
  browser: Browser;
  wiki: Wiki;
  panel: Panel;
  /** All records that the panel has. */
  records(): Promise<Record[]>;
  /** Polls the panel's records until `done` says so; fails after 20 s with what there was. */
  until(what: string, done: (records: Record[]) => boolean): Promise<Record[]>;
  /** Sets the override of the first tab, as the panel does; null ends it. */
  override(override: Omit<Override, 'until'> | null): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(
  name: BrowserName,
  options: Partial<OpenOptions> = {},
  wikiOptions: WikiOptions = {},
): Promise<World> {
  const wiki = await startWiki(wikiOptions);
  const browser = await openBrowser({ browser: name, extension: extensionOf(name), ...options });
  await browser.page.goto(`${wiki.url}wiki/Blank`);
  const panel = await browser.page.panelPage();
  await panel.click('#tab-events');
  const repositories = ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`);
  await panel.evaluate(`inspector.setRepositories(${JSON.stringify(repositories)})`);
  const records = () => panel.evaluate<Record[]>('inspector.records()');
  return {
    browser,
    wiki,
    panel,
    records,
    async until(what, done) {
      let last: Record[] = [];
      await until(what, async () => done((last = await records()))).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${last.slice(-60).map(summary).join('\n')}`);
      });
      return last;
    },
    async override(override) {
      const until = Date.now() + 3_600_000;
      const request = override
        ? { request: 'override.set', tab: browser.page.tab, override: { ...override, until } }
        : { request: 'override.clear', tab: browser.page.tab };
      const answer = await panel.evaluate<{ error?: string } | null>(
        `(globalThis.browser ?? chrome).runtime.sendMessage(${JSON.stringify(request)})`,
      );
      if (answer?.error) throw new Error(answer.error);
    },
    async close() {
      await browser.close();
      await wiki.close();
    },
  };
}

/** Polls until the condition holds; fails with what was waited for after 20 s. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, timeout = 20_000): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${timeout / 1000} s for: ${what}`);
    await delay(20);
  }
}

const summary = (record: Record): string =>
  `${record.id} ${record.api} ${record.stream} ${record.decision.state}/${record.decision.reason} ${record.delivery.state} ${record.verdict.verdict}`;

/** Ready for calls: the clients are there, and so is the subscriber of tracked events. */
export const READY = `new Promise(resolve => {
  if (!window.mw?.eventLog || !window.mw?.testKitchen || document.readyState !== 'complete') resolve(false);
  else requestIdleCallback(() => setTimeout(() => resolve(true)));
})`;

/** Source, for the panel: the holes of its log. Looked for there, since all lines would take long to move. */
export const HOLES = `inspector.lines().split('\\n').filter(line => line.includes('"type":"hole"'))`;

/** Source of a valid event of `wiki.page_visit` and the like; `tag` tells it from others. */
export const eventSource = (tag: string): string =>
  `{ $schema: '/analytics/product_metrics/web/base/1.3.0', action: 'page_visit', action_context: ${tag},
    agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' } }`;

/** `action_context` of an event: the tag that the tests put there. */
export const tagOf = (event: Json): string | null => {
  const tag = event && typeof event === 'object' && !Array.isArray(event) ? event['action_context'] : null;
  return typeof tag === 'string' ? tag : null;
};

/** One JSON line a cell of `npm run test:full`: what closing notes cite. */
export function report(cell: { [key: string]: Json }): void {
  const file = resolve('test/results/full.ndjson');
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify({ time: new Date().toISOString(), full: FULL, ...cell })}\n`);
}
