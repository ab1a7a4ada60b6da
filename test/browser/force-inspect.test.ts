/** `inspect --override`, as a user runs it. */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Header, Record } from '../../src/record/record.ts';
import { startWiki, type Wiki } from '../wiki/index.ts';
import { BROWSERS } from './support/world.ts';

/** Out of sample at rate 0.5, just: 0.5000000001164153. */
const OUT = '80000000c0ffee00c0ff';
const RULES = [{ stream: 'wiki.half', sample: 'in' }];

const folder = mkdtempSync(join(tmpdir(), 'inspector-override-'));
const file = join(folder, 'rules.json');
let wiki: Wiki;
beforeAll(async () => {
  writeFileSync(file, JSON.stringify(RULES));
  wiki = await startWiki();
});
afterAll(async () => {
  await wiki.close();
  rmSync(folder, { recursive: true });
});

function inspect(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['src/cli/run.mjs', 'inspect', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', data => (stdout += data));
  child.stderr.on('data', data => (stderr += data));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ code, stdout, stderr }));
  });
}

describe.each(BROWSERS)('%s', browser => {
  it('has the page’s first call obey, holds what is forced, and says in each line that an override was in force', async () => {
    wiki.clearReceived();
    const url = `${wiki.url}wiki/Blank?first=1&session=${OUT}`;
    const { code, stdout, stderr } = await inspect(url, '--browser', browser, '--override', file, '--seconds', '0.5');
    expect([code, stderr]).toEqual([0, expect.stringContaining('Under override, 1 rule: what they force is held.')]);
    const [header, ...lines] = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Header | Record);
    expect(header).toMatchObject({ type: 'header', overrides: RULES });
    expect(
      (lines as Record[]).map(({ stream, decision, delivery, override }) => [
        stream,
        decision.state,
        delivery.state,
        override?.forced ?? false,
      ]),
    ).toEqual([
      ['wiki.half', 'accepted', 'held', true],
      ['wiki.page_visit', 'accepted', 'answered', false],
    ]);
    expect(wiki.received.flatMap(({ events }) => events)).toMatchObject([{ meta: { stream: 'wiki.page_visit' } }]);
  });
});
