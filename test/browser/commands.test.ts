/** The commands as a user runs them: their output, their exit codes. */

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import schema from '../../src/record/record.schema.json' with { type: 'json' };
import type { Record } from '../../src/record/record.ts';
import { startWiki, type Wiki } from '../wiki/index.ts';
import { differences } from '../wiki/compare.ts';
import { TOUR } from '../wiki/tour.ts';
import { run } from './support/run.ts';
import { BROWSERS, eventSource, FULL } from './support/world.ts';

let wiki: Wiki;
const folder = mkdtempSync(join(tmpdir(), 'inspector-commands-'));
beforeAll(async () => {
  wiki = await startWiki();
});
afterAll(async () => {
  await wiki.close();
  rmSync(folder, { recursive: true });
});

function script(source: string): string {
  const file = join(folder, `${Math.random()}.js`);
  writeFileSync(file, source);
  return file;
}

const validate = new Ajv({ allErrors: true }).compile(schema);
function linesOf(stdout: string): { type: string }[] {
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as { type: string });
  for (const line of lines) expect([validate(line), validate.errors, line]).toEqual([true, null, line]);
  return lines;
}
const recordsOf = (stdout: string) =>
  linesOf(stdout).filter(({ type }) => type === 'record') as unknown as readonly Record[];

const repositories = () =>
  ['primary', 'secondary'].flatMap(name => ['--repository', `${wiki.url}schemas/${name}/jsonschema/`]);

/** Both browsers in `npm run test:full`; each start of a command is a start of a browser. */
describe.each(FULL ? BROWSERS : BROWSERS.slice(0, 1))('%s', browser => {
  it('start --headless prints the tour as the real panel shows it, and photographs it', async () => {
    const began = Date.now();
    const { code, stdout, stderr } = await run('start', '--headless', '--browser', browser);
    expect([code, stderr]).toEqual([0, expect.stringContaining('the same')]);
    const expected = TOUR.flatMap(step => step.expected);
    const rows = stdout.trimEnd().split('\n').slice(1);
    expect(rows).toHaveLength(expected.length);
    expected.forEach(({ api, state, reason, delivery }, index) => {
      for (const word of [api, state, reason ?? '', delivery]) expect(rows[index]).toContain(word);
    });
    const records = recordsOf(readFileSync(resolve('test/results', `start-${browser}.ndjson`), 'utf8'));
    expect(differences(records, expected)).toEqual([]);
    for (const shot of [`panel-${browser}.png`, `devtools-${browser}.png`])
      expect(statSync(resolve('test/results', shot)).mtimeMs).toBeGreaterThan(began);
  });

  it('inspect prints each record once, final, as the schema has it, and nothing else', async () => {
    const calls = script(`
      mw.eventLog.submit('wiki.page_visit', ${eventSource("'sent'")});
      mw.eventLog.submit('wiki.rare', ${eventSource("'dropped'")});
    `);
    const { code, stdout } = await run(
      ...(['inspect', `${wiki.url}wiki/Blank`, '--browser', browser, '--script', calls] as const),
      ...repositories(),
    );
    expect(code).toBe(0);
    const [first] = linesOf(stdout);
    expect(first?.type).toBe('header');
    expect(
      recordsOf(stdout).map(({ stream, decision, delivery, verdict, final }) => [
        stream,
        decision.state,
        delivery.state,
        verdict.verdict,
        final,
      ]),
    ).toEqual([
      ['wiki.page_visit', 'accepted', 'answered', 'valid', true],
      ['wiki.rare', 'dropped', 'none', 'valid', true],
    ]);
  });

  it('inspect leaves the queue, reads schemas from a folder, and fails where a verdict is not valid, as it is told', async () => {
    const before = wiki.received.length;
    const calls = script(`mw.eventLog.submit('wiki.page_visit', ${eventSource("'queued'")});`);
    const { code, stdout, stderr } = await run(
      ...(['inspect', `${wiki.url}wiki/Blank`, '--browser', browser, '--script', calls] as const),
      ...(['--no-flush', '--repository', folder, '--strict'] as const),
    );
    expect(recordsOf(stdout).map(({ delivery, verdict }) => [delivery.state, verdict.verdict])).toEqual([
      ['queued', 'unknown-schema'],
    ]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('1 of 1 records')]);
    expect(wiki.received.slice(before).flatMap(({ events }) => events)).toHaveLength(0);
  });

  it('inspect looks at a host that is not on the list with a copy of the extension, and says so', async () => {
    const url = wiki.url.replace('localhost', '[::ffff:127.0.0.2]');
    const calls = script(`mw.eventLog.submit('wiki.page_visit', ${eventSource("'elsewhere'")});`);
    const { code, stdout, stderr } = await run(
      ...(['inspect', `${url}wiki/Blank`, '--browser', browser, '--script', calls] as const),
      ...repositories(),
    );
    expect(stderr).toContain('one more');
    expect(code).toBe(0);
    expect(recordsOf(stdout).map(({ verdict }) => verdict.verdict)).toEqual(['valid']);
  });

  it('inspect says in one line that a page cannot be reached', async () => {
    const gone = await startWiki();
    await gone.close();
    const { code, stdout, stderr } = await run('inspect', gone.url, '--browser', browser);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n').filter(line => line.includes(gone.url))).toHaveLength(1);
  });
});

it('inspect ends with 2 on bad usage and with 3 where there is no browser', async () => {
  const wrong = [
    [],
    ['http://localhost/', '--browser', 'safari'],
    ['http://localhost/', '--script', join(folder, 'gone.js')],
  ];
  const outcomes = await Promise.all(wrong.map(args => run('inspect', ...args)));
  expect(outcomes.map(({ code }) => code)).toEqual([2, 2, 2]);
  process.env['CHROMIUM'] = join(folder, 'gone');
  try {
    const { code, stdout, stderr } = await run('inspect', 'http://localhost/');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  } finally {
    delete process.env['CHROMIUM'];
  }
});

it('wiki prints its address as the first line', async () => {
  const child = spawn(process.execPath, ['src/cli/run.mjs', 'wiki'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const first = await new Promise<string>(resolve => child.stdout.once('data', data => resolve(String(data))));
    expect((await fetch(first.trim())).status).toBe(200);
  } finally {
    child.kill('SIGTERM');
  }
});
