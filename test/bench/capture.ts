/**
 * What the extension costs a page: the hook's start, each call with DevTools closed and open, all of the page's main
 * thread, bytes. Always against the same page without the extension, in turn with it.
 * `npm run bench -- capture [--browser chromium|firefox]`
 */

import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { Browser, Panel } from '../../src/cli/browsers/types.ts';
import { browserName } from '../../src/cli/command.ts';
import { settled } from '../../src/cli/inspected.ts';
import { extensionOf, READY } from '../browser/support/world.ts';
import { startWiki } from '../wiki/index.ts';
import { type Caller, startCaller } from './capture-page.ts';
import { measureStarts } from './hook-start.ts';
import { mainThread } from './main-thread.ts';
import { type Measure, measured, quantile, writeResults } from './results.ts';

const LOADS = 40;
const BLOCKS = 60;
const CALLS = 50;
const PACED = 400;
const ROUNDS = 10;
const DEPTH = 20;

/** 1.4 kB, as a large one of production. */
const EVENT = {
  $schema: '/analytics/product_metrics/web/base/1.3.0',
  action: 'click',
  action_subtype: 'toolbar',
  action_source: 'article',
  action_context: JSON.stringify({ position: 12, query: 'A search of some words', results: [17, 4, 12, 99, 3, 41] }),
  element_id: 'ca-edit',
  element_friendly_name: 'edit',
  funnel_entry_token: 'c8ce2a1c0ffee00c0ff3',
  funnel_event_sequence_position: 7,
  agent: {
    client_platform: 'mediawiki_js',
    client_platform_family: 'desktop_browser',
    ua_string: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  },
  page: {
    id: 534366,
    title: 'A_page_with_a_title_of_some_length',
    namespace_id: 0,
    namespace_name: '',
    revision_id: 1242334522,
    wikidata_qid: 'Q76',
    content_language: 'en',
    is_redirect: false,
    groups_allowed_to_edit: ['autoconfirmed', 'extendedconfirmed'],
    groups_allowed_to_move: ['sysop'],
  },
  mediawiki: {
    skin: 'vector-2022',
    version: '1.46.0-wmf.4',
    is_production: true,
    database: 'enwiki',
    site_content_language: 'en',
  },
  performer: {
    is_logged_in: true,
    id: 13_370_042,
    name: 'Some user with a name',
    session_id: '80000000c0ffee00c0ff',
    pageview_id: 'c0ffee00c0ff80000000',
    groups: ['*', 'user', 'autoconfirmed', 'extendedconfirmed', 'rollbacker'],
    is_bot: false,
    language: 'en',
    edit_count: 4_711,
    edit_count_bucket: '1000+ edits',
    registration_dt: '2012-05-17T09:13:55Z',
  },
  experiment: {
    enrolled: 'some-experiment-of-a-team',
    assigned: 'treatment',
    subject_id: 'awaiting',
    sampling_unit: 'mw-user',
  },
  dt: '2026-11-24T11:27:53.154Z',
};

/** A page in a browser of its own. */
interface Subject {
  browser: Browser;
  /** Null where DevTools are closed. */
  panel: Panel | null;
  /** Milliseconds that the page's main thread has worked. */
  clock(): number;
}

type State = 'bare' | 'closed' | 'open';
/**
 * The same wiki by an address of which the extension knows nothing, and by one that it watches. Open: the panel listens, in
 * a window of its own, since DevTools themselves slow a page down, with and without the extension.
 */
const STATES: { [state in State]: { host: string; open: boolean } } = {
  bare: { host: '127.0.0.2', open: false },
  closed: { host: 'localhost', open: false },
  open: { host: 'localhost', open: true },
};
const ALL = Object.keys(STATES) as State[];

const median = (values: number[]) => quantile(values, 0.5);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const name = browserName(parseArgs({ options: { browser: { type: 'string', default: 'chromium' } } }).values.browser);
const extension = extensionOf(name);
const wiki = await startWiki();

async function openSubject(state: State): Promise<Subject> {
  const { host, open } = STATES[state];
  const browser = await openBrowser({
    browser: name,
    extension,
    preferences: { 'privacy.reduceTimerPrecision': false },
  });
  const { page } = browser;
  await page.goto(wiki.url.replace('localhost', host));
  const panel = open ? await page.panelPage() : null;
  return { browser, panel, clock: await begin(browser, host, 600) };
}

/** Loads the page, and has it ready for calls that stay in its queue for that many seconds. */
async function begin({ page }: Browser, host: string, linger: number): Promise<() => number> {
  await page.goto(`${wiki.url.replace('localhost', host)}wiki/Blank?linger=${linger}`);
  await page.waitFor(READY);
  await page.evaluate(startCaller, { event: EVENT, depth: DEPTH });
  return mainThread(page);
}

type Blocks = { [state in State]: ReturnType<Caller['block']>[] };

/** Blocks of calls, in turn in all states. */
async function blocks(subjects: { [state in State]: Subject }, stream: string): Promise<Blocks> {
  const found: Blocks = { bare: [], closed: [], open: [] };
  for (let done = -5; done < BLOCKS; done += 1) {
    for (const state of ALL) {
      const { browser, panel } = subjects[state];
      const block = await browser.page.evaluate<ReturnType<Caller['block']>>(`caller.block('${stream}', ${CALLS})`);
      // The first warm up.
      if (done >= 0) found[state].push(block);
      if (panel) await settled(panel);
    }
  }
  return found;
}

/** Microseconds of the page's main thread for each call, by round. */
async function paced(subjects: { [state in State]: Subject }): Promise<{ [state in State]: number[] }> {
  const found: { [state in State]: number[] } = { bare: [], closed: [], open: [] };
  for (const state of ALL) subjects[state].clock = await begin(subjects[state].browser, STATES[state].host, 0.05);
  for (let done = -1; done < ROUNDS; done += 1) {
    for (const state of ALL) {
      const { browser, panel, clock } = subjects[state];
      const before = clock();
      await browser.page.evaluate(`caller.pace(${PACED})`);
      if (done >= 0) found[state].push(((clock() - before) * 1000) / PACED);
      if (panel) await settled(panel);
    }
  }
  return found;
}

const measures: Measure[] = [];
const note = (...figure: Parameters<typeof measured>) => void measures.push(measured(...figure));

function noteStarts({ outside, own, bytes }: Awaited<ReturnType<typeof measureStarts>>): void {
  note('bytes of the hook', bytes.hook.raw, 'bytes', 32_000);
  note('bytes of the hook, gzip', bytes.hook.gzip, 'bytes', 13_000);
  for (const [which, word] of [
    ['first', 'in a new process'],
    ['again', 'again in that process'],
  ] as const) {
    const [hook, more, none] = [outside.localhost[which], outside['127.0.0.1'][which], outside['127.0.0.2'][which]];
    note(`hook start ${word}: from before to after the script, median`, median(hook), 'ms', 1);
    note(`hook start ${word}: from before to after the script, p95`, quantile(hook, 0.95), 'ms');
    note(`hook start ${word}: without the hook, median`, median(none), 'ms');
    note(`hook start ${word}: mean`, mean(hook) - mean(none), 'ms');
    note(
      `hook start ${word}: what ${bytes.more.gzip - bytes.hook.gzip} bytes (gzip) more of code add, mean`,
      mean(more) - mean(hook),
      'ms',
    );
    note(`hook start ${word}: its own account (begin), median`, median(own[which]), 'ms');
    note(`hook start ${word}: its own account (begin), p95`, quantile(own[which], 0.95), 'ms');
  }
}

function noteBlocks(what: string, found: Blocks, budgets: { closed: number | null; open: number | null }): void {
  const stringify = median(ALL.flatMap(state => found[state].map(block => block.stringify)));
  const call = (state: State) => median(found[state].map(block => block.call));
  note(`${what}: JSON.stringify of the event, median`, stringify, 'µs');
  note(`${what}: the client's own time, without the extension, median`, call('bare'), 'µs');
  for (const state of ['closed', 'open'] as const) {
    const added = call(state) - call('bare');
    note(`${what}: added, DevTools ${state}, median`, added, 'µs', budgets[state]);
    note(`${what}: added, DevTools ${state}, as a multiple of JSON.stringify`, added / stringify, 'times');
  }
}

function notePaced(found: { [state in State]: number[] }): void {
  note('main thread, a call and its sending: without the extension, median', median(found.bare), 'µs');
  for (const state of ['closed', 'open'] as const)
    note(
      `main thread, a call and its sending: added, DevTools ${state}, median`,
      median(found[state].map((value, round) => value - (found.bare[round] ?? NaN))),
      'µs',
    );
}

const opened: { [state in State]?: Subject } = {};
try {
  noteStarts(await measureStarts(name, extension, wiki, LOADS));
  const subjects = {
    bare: (opened.bare = await openSubject('bare')),
    closed: (opened.closed = await openSubject('closed')),
    open: (opened.open = await openSubject('open')),
  };
  noteBlocks('an accepted call', await blocks(subjects, 'wiki.page_visit'), { closed: 60, open: 90 });
  noteBlocks('a dropped call', await blocks(subjects, 'wiki.rare'), { closed: 60, open: 90 });
  notePaced(await paced(subjects));
  note('load of the machine at the end (1 min)', loadavg()[0] ?? NaN, 'processes');
  writeResults('capture', name, subjects.bare.browser.version, measures);
} finally {
  for (const state of ALL) await opened[state]?.browser.close();
  await wiki.close();
}
