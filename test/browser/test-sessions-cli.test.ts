/** `inspect --plan` as CI runs it: what is broken is caught by the expectation that names it, and by no other. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe.each(BROWSERS)('%s', browser => {
  it.each(Object.keys(CAUGHT))('judges the dialog, records and reports: %s', { timeout: 90_000 }, async broken => {
    const file = (end: string) => join(folder, `${browser}-${broken}.${end}`);
    const { code, stderr } = await run(
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
    const compared = await run('compare', file('ndjson'), join(folder, `${browser}-none.ndjson`));
    expect([broken, compared.code, compared.stderr]).toEqual([broken, broken === 'none' ? 0 : 1, '']);
  });
});
