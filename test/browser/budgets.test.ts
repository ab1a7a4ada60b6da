/** The size budgets, on the packed extension. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BROWSERS, extensionOf } from './support/world.ts';

const gzip = (bytes: Buffer) => gzipSync(bytes, { level: 9 }).length;

/**
 * What a document loads at once: its own files, what its script imports once the first picture is drawn, and what all these
 * import; not what they import when it is needed.
 */
function loadedBy(folder: string, document: string): string[] {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const namesIn = (code: string, pattern: RegExp) => [...code.matchAll(pattern)].map(([, name]) => `assets/${name}`);
  const own = namesIn(read(document), /(?:src|href)="\.?\/?assets\/([^"]+)"/g);
  const files = new Set(own);
  for (const file of own.filter(isScript)) for (const name of namesIn(read(file), ANY)) files.add(name);
  for (const file of files) if (isScript(file)) for (const name of namesIn(read(file), STATIC)) files.add(name);
  return [...files];
}

const isScript = (file: string): boolean => file.endsWith('.js');
const STATIC = /(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g;
const ANY = /["'`]\.\/([\w.-]+\.(?:js|css))["'`]/g;

describe.each(BROWSERS)('%s', name => {
  const folder = extensionOf(name);

  it('the page hook: 32 kB, 13.1 kB gzip', () => {
    const hook = readFileSync(join(folder, 'page.js'));
    expect(hook.length).toBeLessThanOrEqual(32_000);
    expect(gzip(hook)).toBeLessThanOrEqual(13_100);
  });

  it('the panel without the validator: 150 kB gzip, before a view is asked for that comes later', () => {
    const loaded = loadedBy(folder, 'panel.html');
    expect(loaded.some(file => file.startsWith('assets/main-'))).toBe(true);
    expect(loaded.reduce((sum, file) => sum + gzip(readFileSync(join(folder, file))), 0)).toBeLessThanOrEqual(150_000);
  });

  it('what is loaded when its view is first shown: 105 kB gzip', () => {
    const first = loadedBy(folder, 'panel.html');
    const later = readdirSync(join(folder, 'assets'))
      .map(file => `assets/${file}`)
      .filter(file => !/^assets\/(?:popup|devtools)-/.test(file) && !first.includes(file));
    expect(later.length).toBeGreaterThan(0);
    expect(later.reduce((sum, file) => sum + gzip(readFileSync(join(folder, file))), 0)).toBeLessThanOrEqual(105_000);
  });
});
