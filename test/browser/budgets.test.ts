/** The size budgets, on the packed extension. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BROWSERS, extensionOf } from './support/world.ts';

const gzip = (bytes: Buffer) => gzipSync(bytes, { level: 9 }).length;

/** What a document loads at once: its own files, and what these import; not what they import when it is needed. */
function loadedBy(folder: string, document: string): string[] {
  const html = readFileSync(join(folder, document), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)].flatMap(([, file]) => file ?? []);
  for (const file of files) {
    if (!file.endsWith('.js')) continue;
    const code = readFileSync(join(folder, file), 'utf8');
    for (const [, name] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
      if (name !== undefined && !files.includes(`assets/${name}`)) files.push(`assets/${name}`);
    }
  }
  return files;
}

describe.each(BROWSERS)('%s', name => {
  const folder = extensionOf(name);

  it('the page hook: 32 kB, 13.1 kB gzip', () => {
    const hook = readFileSync(join(folder, 'page.js'));
    expect(hook.length).toBeLessThanOrEqual(32_000);
    expect(gzip(hook)).toBeLessThanOrEqual(13_100);
  });

  it('the panel without the validator: 150 kB gzip, before a view is asked for that comes later', () => {
    const loaded = loadedBy(folder, 'panel.html');
    expect(loaded.length).toBeGreaterThan(0);
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
