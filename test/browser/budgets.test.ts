/** The size budgets, on the packed extension. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BROWSERS, extensionOf } from './support/world.ts';

const gzip = (bytes: Buffer) => gzipSync(bytes, { level: 9 }).length;

describe.each(BROWSERS)('%s', name => {
  const folder = extensionOf(name);

  it('the page hook: 32 kB, 13 kB gzip', () => {
    const hook = readFileSync(join(folder, 'page.js'));
    expect(hook.length).toBeLessThanOrEqual(32_000);
    expect(gzip(hook)).toBeLessThanOrEqual(13_000);
  });

  it('the panel without the validator: 150 kB gzip', () => {
    const assets = readdirSync(join(folder, 'assets')).map(file => readFileSync(join(folder, 'assets', file)));
    expect(assets.length).toBeGreaterThan(0);
    expect(assets.reduce((sum, bytes) => sum + gzip(bytes), 0)).toBeLessThanOrEqual(150_000);
  });
});
