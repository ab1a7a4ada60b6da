/**
 * `npm run real -- --drafts [--tools DIR] [--browser chromium|firefox]`: drafts datasets from what the tour's calls
 * became in the real panel, and has @wikimedia/jsonschema-tools materialize them. Each must become what the panel makes
 * of it, take all of the stream's valid events, and refuse the tour's invalid ones.
 * `--tools` names a folder in which that package is installed; without it, it is installed into a folder of its own for
 * the time of the run. Prints a line of NDJSON for each; exits 1 where something is otherwise.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { browserName } from '../../src/cli/command.ts';
import { caughtUp } from '../../src/cli/inspected.ts';
import { startEngine } from '../../src/cli/engine.ts';
import { read } from '../../src/cli/repositories.ts';
import { eventsOf, namesFor, standingTally } from '../../src/panel/drafts/dataset.ts';
import { isJsonObject } from '../../src/platform/json.ts';
import type { JsonObject, Record } from '../../src/record/record.ts';
import { createFilesRepository, filesOf } from '../../src/validation/files-repository.ts';
import { fragmentsFor } from '../../src/validation/fragments.ts';
import { createHttpRepositories } from '../../src/validation/http-repository.ts';
import { draftDataset } from '../../src/validation/new-dataset.ts';
import { inOrder, newestOfAll } from '../../src/validation/repositories.ts';
import { createValidator } from '../../src/validation/validator.ts';
import { openWorld } from '../browser/support/world.ts';
import { TOUR, TOUR_PATH } from '../wiki/tour.ts';

/** Of an event that is submitted, of one of an interaction, of one that an instrument sends. */
const INSTRUMENTS: ((record: Record) => boolean)[] = [
  ({ stream }) => stream === 'wiki.page_visit',
  ({ stream }) => stream === 'mediawiki.web_ui_actions',
  ({ instrument }) => instrument === 'wiki-search',
];
const EXPECTED = TOUR.filter(({ id }) => id !== 'event-at-pagehide').flatMap(step => step.expected).length;

interface Tools {
  materializeSchema(schema: object, options: { schemaBaseUris: string[]; currentName: string }): Promise<JsonObject>;
}

const { values } = parseArgs({
  options: { drafts: { type: 'boolean' }, tools: { type: 'string' }, browser: { type: 'string', default: 'chromium' } },
});

const scratch = mkdtempSync(join(tmpdir(), 'inspector-drafts-'));
const world = await openWorld(browserName(values.browser), {}, { lingerSeconds: 1 });
const engine = await startEngine();
try {
  const tools = values.tools ?? install(join(scratch, 'tools'));
  const { materializeSchema } = createRequire(join(tools, 'x.js'))('@wikimedia/jsonschema-tools') as Tools;
  const { browser, wiki, panel } = world;
  await browser.page.goto(new URL(TOUR_PATH, wiki.url).href);
  await world.until('the tour', seen => seen.length >= EXPECTED);
  await caughtUp(panel, true);
  const records = await world.records();
  const standings = standingTally();
  records.forEach((record, index) => standings.look(index, record));
  const invalid = records.filter(({ verdict }) => verdict.verdict === 'invalid').map(({ event }) => event);

  const bases = ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`);
  const http = createHttpRepositories(bases, { read, parse: engine.parse });
  const source = { read: inOrder(http).read, newest: newestOfAll(http) };

  const folder = join(scratch, 'schemas');
  // One object for all: jsonschema-tools adds its defaults to those of the first call, and takes all others as they are.
  const options = { schemaBaseUris: [folder], currentName: 'current.yaml' };
  for (const [index, isIts] of INSTRUMENTS.entries()) {
    const stream = records.find(record => isIts(record) && record.event !== null)?.stream;
    if (stream === undefined || stream === null) throw new Error(`The tour has no call of instrument ${index}`);
    const events = eventsOf(records, standings, stream);
    const names = namesFor(events, stream);
    const fragments = await fragmentsFor(events, source);
    const { schema: yaml, config, problems } = draftDataset({ ...names, events, fragments });

    const uri = `/${names.title}/${names.version}`;
    const texts: { [path: string]: string } = Object.fromEntries([
      [`${names.title}/current.yaml`, yaml],
      ...fragments.map(fragment => [String(fragment['$id']).slice(1), JSON.stringify(fragment)]),
    ]);
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const theirs = await materializeSchema(await engine.parse(yaml), options);
    const ours = await createFilesRepository('draft', filesOf(texts), { parse: engine.parse }).read(uri);

    const validator = createValidator({
      engine,
      repositories: [{ name: 'theirs', read: async () => ({ found: true, schema: theirs, repository: 'theirs' }) }],
    });
    const verdictOf = async (event: unknown) => {
      const renamed = isJsonObject(event as JsonObject) ? (event as JsonObject) : {};
      const meta = isJsonObject(renamed['meta']) ? renamed['meta'] : {};
      // As the stub of its config has it.
      const producers = { eventgate: { use_edge_uniques: config.includes('use_edge_uniques') } };
      const configs = { [names.stream]: { schema_title: names.title, producers } };
      const given = { ...renamed, $schema: uri, meta: { ...meta, stream: names.stream } };
      return (await validator.verdict(given, configs)).verdict;
    };
    const accepted = (await Promise.all(events.map(verdictOf))).filter(verdict => verdict === 'valid').length;
    const refused = (await Promise.all(invalid.map(verdictOf))).filter(verdict => verdict === 'invalid').length;
    const same = ours.found && JSON.stringify(sorted(ours.schema)) === JSON.stringify(sorted(theirs));
    const isRight = same && accepted === events.length && refused === invalid.length && invalid.length > 0;
    console.log(
      JSON.stringify({
        stream,
        title: names.title,
        fragments: fragments.map(({ $id }) => $id),
        asOurs: same,
        accepted: `${accepted} of ${events.length}`,
        refused: `${refused} of ${invalid.length}`,
        problems,
        isRight,
      }),
    );
    if (!isRight) process.exitCode = 1;
  }
} finally {
  engine.close();
  await world.close();
  rmSync(scratch, { recursive: true });
}

function install(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder];
  execFileSync('npm', [...args, '@wikimedia/jsonschema-tools@1'], { stdio: ['ignore', 2, 2] });
  return folder;
}

/** The same value with the members of objects in one order: what is compared is what they say. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
