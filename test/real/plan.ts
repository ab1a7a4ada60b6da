/**
 * `npm run real -- --plan --sources DIR [--browser chromium|firefox]`: a real instrument of WikimediaEvents, unmodified,
 * over the real clients, judged by a plan that was written from its documentation and schema. Once used as it is meant to
 * be, and once with a click left out, which the expectation that names it is to catch, and no other.
 * Prints NDJSON; exits 1 where a result is otherwise.
 */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page, Panel } from '../../src/cli/browsers/types.ts';
import { browserName } from '../../src/cli/command.ts';
import { caughtUp, flush, linesOf, setRepositories } from '../../src/cli/inspected.ts';
import { planFile, sessionOfLines } from '../../src/cli/session-files.ts';
import type { Mark } from '../../src/record/record.ts';
import { judgeSession } from '../../src/test-session/judge/session.ts';
import { openWorld, READY } from '../browser/support/world.ts';
import { INSTRUMENT_SOURCE, howToGet, SOURCES } from './sources.ts';
import { tell } from './state.ts';

const PLAN = 'test/real/plans/click-through-rate.yaml';
const MODULE = 'ext.wikimediaEvents.testKitchen';

interface Act {
  step: string;
  run(page: Page): Promise<void>;
}

const click = (page: Page) => page.click('#clicked');

/** As its documentation says that it is used; of two buttons, one belongs to an instrument that is out of sample. */
const ACTS: Act[] = [
  {
    step: 'Start',
    async run(page) {
      await page.evaluate(`new Promise((resolve, reject) => {
        document.querySelector('main').insertAdjacentHTML('afterbegin', '<button id=clicked>Click</button> <button id=rare>Rare</button>');
        mw.loader.enqueue(['${MODULE}'], () => {
          const { ClickThroughRateInstrument } = mw.loader.require('${MODULE}');
          const start = (selector, name, instrument) =>
            ClickThroughRateInstrument.start(selector, name, mw.testKitchen.getInstrument(instrument));
          window.started = start('#clicked', 'a.button', 'wiki-search');
          window.stop = () => ClickThroughRateInstrument.stop(window.started);
          start('#rare', 'another.button', 'wiki-rare');
          // An IntersectionObserver tells of what is in sight with the next picture but one.
          setTimeout(resolve, 500);
        }, reject);
      })`);
    },
  },
  { step: 'Click', run: click },
  { step: 'Click again', run: click },
  { step: 'Stop', run: page => page.evaluate('stop()') },
];

const LEFT_OUT = { step: 'Click again', expected: ['Each click is told'] };

async function runOnce(page: Page, panel: Panel, url: string, acts: readonly Act[]) {
  const started = new Date().toISOString();
  const marks: Mark[] = [];
  await page.goto(url);
  await page.waitFor(READY);
  for (const { step, run } of acts) {
    marks.push({ type: 'mark', time: new Date().toISOString(), what: 'step', text: step });
    await run(page);
    // Two calls of one millisecond would be of two steps.
    await page.evaluate('new Promise(resolve => setTimeout(resolve, 20))');
  }
  await flush(panel);
  await caughtUp(panel, true);
  const lines = (await linesOf(panel)).filter(line => !line.startsWith('{"type":"record"') || line.includes(url));
  const test = { name: 'Click-through rate', started, ended: new Date().toISOString() };
  return judgeSession(planFile(resolve(PLAN)), sessionOfLines(lines, marks, test));
}

const { values } = parseArgs({
  options: {
    plan: { type: 'boolean' },
    sources: { type: 'string', default: '' },
    browser: { type: 'string', default: 'chromium' },
  },
});
const sources = resolve(process.env['INIT_CWD'] ?? '.', values.sources);
const all = [...SOURCES, INSTRUMENT_SOURCE];
const missing = all.filter(({ name }) => !existsSync(join(sources, name)));
if (values.sources === '' || missing.length > 0) {
  console.error(`${sources} has not all sources: run these there:\n${howToGet(missing).join('\n')}`);
  process.exit(1);
}
const print = (line: object) => console.log(JSON.stringify(line));
const told = all
  .filter(({ generation }) => generation === 'newest')
  .map(source => tell(source, join(sources, source.name), print));
const world = await openWorld(browserName(values.browser), {}, { sources, lingerSeconds: 1 });
try {
  const { browser, panel, wiki } = world;
  await setRepositories(
    panel,
    ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`),
  );
  let failed = 0;
  for (const leftOut of [null, LEFT_OUT]) {
    const steps = ACTS.map(act => (act.step === leftOut?.step ? skipped(act) : act));
    const results = await runOnce(browser.page, panel, `${wiki.url}wiki/Blank?run=${leftOut ? 'less' : 'all'}`, steps);
    for (const { state, step, name, why } of results)
      print({ type: 'expectation', leftOut: leftOut?.step ?? null, state, step, name, why });
    const wrong = results.filter(({ state }) => state !== 'pass').map(({ name }) => name);
    if (JSON.stringify(wrong) !== JSON.stringify(leftOut?.expected ?? [])) failed++;
    print({ type: 'run', leftOut: leftOut?.step ?? null, expectations: results.length, failed: wrong });
  }
  print({ type: 'summary', browser: browser.version, runs: 2, failed, asInTable: told.every(Boolean) });
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  await world.close();
}

/** The step begins, and nothing is done. */
function skipped({ step }: Act): Act {
  return { step, run: async () => undefined };
}
