/** `inspect --plan` as CI runs it: what is broken is caught by the expectation that names it, and by no other. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, Record } from '../../src/record/record.ts';
import { leavesOf } from '../../src/test-session/content.ts';
import { startWiki, type Wiki } from '../wiki/index.ts';
import { CAUGHT, DIALOG_PLAN, DIALOG_STEPS, EXPECTATIONS } from './support/dialog.ts';
import { run } from './support/run.ts';
import { BROWSERS } from './support/world.ts';

let wiki: Wiki;
const folder = mkdtempSync(join(tmpdir(), 'inspector-plan-'));
beforeAll(async () => {
  wiki = await startWiki({ lingerSeconds: 1 });
});
afterAll(async () => {
  await wiki.close();
  rmSync(folder, { recursive: true });
});

const failedIn = (junit: string) =>
  [...junit.matchAll(/<testcase [^>]*name="[\d.]+ ([^"]*)"[^>]*><failure/g)].map(([, name]) => name);

const recordsOf = (lines: string) =>
  lines
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Json & { type: string })
    .filter(({ type }) => type === 'record') as unknown as Record[];

/** What was recorded as it was: printed, not written to a file. */
const identifiersOf = (stdout: string): string[] => [
  ...new Set(recordsOf(stdout).flatMap(({ session, pageview }) => [session ?? [], pageview ?? []].flat())),
];

/** Paths at which a file has something else than what was recorded, though no identifier stood there. */
function changedBy(stdout: string, file: string, identifiers: string[]): string[] {
  const written = recordsOf(file);
  return recordsOf(stdout).flatMap((record, index) => {
    const after = new Map(leavesOf(written[index] as unknown as Json).map(({ path, value }) => [path, value]));
    return leavesOf(record as unknown as Json).flatMap(({ path, name, value }) => {
      const isSame = JSON.stringify(after.get(path)) === JSON.stringify(value);
      // The last thing to happen to a record is that nothing more will; a sampling value would give its identifier away.
      const isTold =
        path === '/final' ||
        name === 'value' ||
        SECRET.test(name) ||
        identifiers.some(id => String(value).includes(id));
      return isSame || isTold ? [] : [`${record.id} ${path} ${JSON.stringify(value)}`];
    });
  });
}
/** Fields that are replaced by their names: not all of their values are a session's or a pageview's. */
const SECRET = /^(?:id|name|.*_id|.*token)$/;

describe.each(BROWSERS)('%s', browser => {
  it.each(Object.keys(CAUGHT))('judges the dialog, records and reports: %s', { timeout: 90_000 }, async broken => {
    const file = (end: string) => join(folder, `${browser}-${broken}.${end}`);
    const { code, stdout, stderr } = await run(
      'inspect',
      `${wiki.url}wiki/Dialog?broken=${broken}`,
      ...['--browser', browser, '--plan', DIALOG_PLAN, '--script', DIALOG_STEPS],
      ...['primary', 'secondary'].flatMap(name => ['--repository', `${wiki.url}schemas/${name}/jsonschema/`]),
      ...['--report', file('xml'), '--report', file('md'), '--report', file('html'), '--record', file('ndjson')],
    );
    const junit = readFileSync(file('xml'), 'utf8');
    expect([broken, failedIn(junit), stderr]).toEqual([broken, CAUGHT[broken], expect.anything()]);
    expect([code, [...junit.matchAll(/<testcase /g)].length]).toEqual([broken === 'none' ? 0 : 1, EXPECTATIONS]);
    for (const name of CAUGHT[broken] ?? []) expect(readFileSync(file('md'), 'utf8')).toContain(name);
    expect(readFileSync(file('html'), 'utf8')).toContain('<svg');
    for (const end of ['xml', 'md', 'html', 'ndjson']) {
      const text = readFileSync(file(end), 'utf8');
      expect([end, identifiersOf(stdout).filter(id => text.includes(id))]).toEqual([end, []]);
    }
    expect(identifiersOf(stdout).length).toBeGreaterThanOrEqual(2);
    expect(changedBy(stdout, readFileSync(file('ndjson'), 'utf8'), identifiersOf(stdout))).toEqual([]);
    const compared = await run('compare', file('ndjson'), join(folder, `${browser}-none.ndjson`));
    expect([broken, compared.code, compared.stderr]).toEqual([broken, broken === 'none' ? 0 : 1, '']);
  });
});
