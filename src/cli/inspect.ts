import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from './browsers/source.ts';
import type { Page } from './browsers/types.ts';
import type { Mark } from '../record/record.ts';
import { judgeSession } from '../test-session/judge/session.ts';
import { browserName, CommandError, EXIT, messageOf, parse, say, usage, webAddress } from './command.ts';
import { caughtUp, flush, linesOf, openFor, recordsOf, setOverride, setRepositories } from './inspected.ts';
import { overrideOf, toldOverride } from './override.ts';
import { outputOf, planFile, redactionFor, sessionOfLines, toldResults, writeSession } from './session-files.ts';
import { serveFolder } from './static-server.ts';
import { stepsOf } from './steps.ts';
import { table, told } from './table.ts';

const USAGE =
  'inspect <url> [--browser chromium|firefox] [--seconds N] [--script calls.js] [--repository <dir|url>]... [--strict] [--no-flush] [--override rules.json] [--policy hold-forced|hold-all|deliver|redirect] [--target URL] [--no-hasty] [--until minutes] [--plan plan.yaml] [--report FILE.xml|md|html|csv|remarkup.txt]... [--record FILE.ndjson] [--keep-identifiers] [--format table|ndjson]';

/** Where paths of the command line start, whatever folder npm runs in. */
const from = (path: string) => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

function options(args: string[]) {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      browser: { type: 'string', default: 'chromium' },
      seconds: { type: 'string' },
      script: { type: 'string' },
      repository: { type: 'string', multiple: true, default: [] },
      strict: { type: 'boolean', default: false },
      'no-flush': { type: 'boolean', default: false },
      override: { type: 'string' },
      policy: { type: 'string' },
      target: { type: 'string' },
      'no-hasty': { type: 'boolean', default: false },
      until: { type: 'string' },
      plan: { type: 'string' },
      report: { type: 'string', multiple: true, default: [] },
      record: { type: 'string', multiple: true, default: [] },
      'keep-identifiers': { type: 'boolean', default: false },
      format: { type: 'string', default: 'ndjson' },
    },
  });
  const [address, ...more] = positionals;
  if (address === undefined || more.length > 0) throw usage(`Usage: npm run ${USAGE.replace(' ', ' -- ')}`);
  const seconds = Number(values.seconds ?? (values.script === undefined ? 3 : 0));
  if (!Number.isFinite(seconds) || seconds < 0) throw usage(`--seconds ${values.seconds} is no number of seconds.`);
  const { format } = values;
  if (format !== 'table' && format !== 'ndjson') throw usage(`--format ${format} is none: give table or ndjson.`);
  return {
    url: webAddress(address),
    browser: browserName(values.browser),
    seconds,
    script: values.script === undefined ? null : readScript(values.script),
    repositories: values.repository.map(repository),
    strict: values.strict,
    flushes: !values['no-flush'],
    override: overrideOf(values, from, Date.now()),
    plan: values.plan === undefined ? null : planFile(values.plan),
    outputs: [
      ...values.report.map(path => outputOf(path, '--report')),
      ...values.record.map(path => outputOf(path, '--record')),
    ],
    keep: values['keep-identifiers'],
    format,
  };
}

function readScript(path: string): string {
  try {
    return readFileSync(from(path), 'utf8');
  } catch (error) {
    throw usage(`--script ${path} cannot be read: ${messageOf(error)}`);
  }
}

type Repository = { folder: string } | { base: string };

function repository(value: string): Repository {
  if (/^https?:\/\//.test(value)) return { base: webAddress(value).href.replace(/\/?$/, '/') };
  if (!statSync(from(value), { throwIfNoEntry: false })?.isDirectory())
    throw usage(`--repository ${value} is no folder and no http or https address.`);
  return { folder: from(value) };
}

/** Answers the bases of the repositories in their order, folders served on localhost. */
async function serve(repositories: Repository[]): Promise<{ bases: string[]; close(): void }> {
  const servers: { close(): void }[] = [];
  const bases: string[] = [];
  for (const one of repositories) {
    const server = 'folder' in one ? await serveFolder(one.folder) : null;
    if (server) servers.push(server);
    bases.push('folder' in one ? (server?.url ?? '') : one.base);
  }
  return { bases, close: () => servers.forEach(server => server.close()) };
}

/** A page's clients come some time after it has loaded, or never. */
const CLIENTS = `document.readyState === 'complete' &&
  Boolean(window.mw?.eventLog?.submit || window.mw?.testKitchen || window.mw?.xLab || window.MetricsClient)`;
const PATIENCE = 5_000;

/** @param begin told of each step as it begins */
async function runScript(page: Page, script: string, begin: (step: string) => void): Promise<void> {
  for (const { step, source } of stepsOf(script)) {
    await until('clients', () => page.evaluate(CLIENTS), PATIENCE).catch(() =>
      say('No client appeared in the page: running the script all the same.'),
    );
    if (step !== null) begin(step);
    await page.evaluate(`(async () => {\n${source}\n})().then(() => null)`).catch((error: unknown) => {
      throw new CommandError(EXIT.failed, `The script failed in the page: ${messageOf(error)}`);
    });
  }
}

/** `npm run inspect`: prints the records of a page, and what became of them. */
export async function inspect(args: string[]): Promise<number> {
  const {
    url,
    browser: name,
    seconds,
    script,
    repositories,
    strict,
    flushes,
    override,
    format,
    ...testing
  } = options(args);
  const browser = await openFor(url, name, true);
  const served = await serve(repositories);
  try {
    // The panel first: it listens from the page's first call on.
    const panel = await browser.page.panelPage();
    if (served.bases.length > 0) await setRepositories(panel, served.bases);
    if (override) {
      await setOverride(panel, browser.page.tab, override);
      say(toldOverride(override));
    }
    const started = new Date().toISOString();
    const marks: Mark[] = [];
    await browser.page.goto(url.href).catch((error: unknown) => {
      throw new CommandError(EXIT.failed, messageOf(error).split('\n')[0] ?? '');
    });
    let failure: unknown = null;
    if (script !== null)
      await runScript(browser.page, script, step =>
        marks.push({ type: 'mark', time: new Date().toISOString(), what: 'step', text: step }),
      ).catch((error: unknown) => (failure = error));
    await delay(seconds * 1000);
    if (flushes) await flush(panel);
    await caughtUp(panel, flushes);
    const records = await recordsOf(panel);
    const lines = (await linesOf(panel)).map(atEnd);
    process.stdout.write(format === 'table' ? table(records.map(told)) : lines.map(line => `${line}\n`).join(''));
    const failed = await judgeAndReport(lines, marks, started, testing);
    if (failure) throw failure;
    if (failed) return EXIT.failed;
    const wrong = records.filter(({ verdict }) => verdict.verdict !== 'valid' && verdict.verdict !== 'none').length;
    if (strict && wrong > 0)
      throw new CommandError(EXIT.failed, `${wrong} of ${records.length} records are not valid.`);
    return EXIT.ok;
  } finally {
    served.close();
    await browser.close();
  }
}

type Testing = Pick<ReturnType<typeof options>, 'plan' | 'outputs' | 'keep'>;

/** Judges what was recorded and writes the reports; answers whether an expectation failed. */
async function judgeAndReport(lines: string[], marks: Mark[], started: string, testing: Testing): Promise<boolean> {
  const { plan, outputs, keep } = testing;
  const test = { name: plan?.name ?? 'Inspected page', started, ended: new Date().toISOString() };
  const session = sessionOfLines(lines, marks, test);
  const results = plan && judgeSession(plan, session);
  const redaction = redactionFor(session, keep);
  for (const output of outputs) await writeSession(session, output, { redaction, results });
  if (results) say(toldResults(results));
  return results?.some(({ state }) => state === 'fail') ?? false;
}

/** The page is about to be closed: nothing in a record will change any more. */
function atEnd(line: string): string {
  const value = JSON.parse(line) as { type: string };
  return JSON.stringify(value.type === 'record' ? { ...value, final: true } : value);
}
