import { describe, expect, it } from 'vitest';
import { covers, manifestFor, withOrigin, type Manifest } from '../../../src/cli/manifest.ts';

describe('covers', () => {
  it.each([
    ['https://*.wikipedia.org/*', 'https://de.m.wikipedia.org/wiki/X', true],
    ['https://*.wikipedia.org/*', 'https://wikipedia.org/', true],
    ['https://*.wikipedia.org/*', 'http://de.wikipedia.org/', false],
    ['https://*.wikipedia.org/*', 'https://evilwikipedia.org/', false],
    ['https://*.wikipedia.org/*', 'https://wikipedia.org.evil.example/', false],
    ['*://localhost/*', 'http://localhost:8080/w/', true],
    ['*://127.0.0.1/*', 'http://127.0.0.2/', false],
    ['*://*/*', 'http://some.wiki/', true],
  ])('%s, %s: %s', (pattern, address, expected) => {
    expect(covers(pattern, new URL(address))).toBe(expected);
  });
});

it('withOrigin adds one host, to the permissions and to the scripts', () => {
  const common: Manifest = {
    version: '1',
    host_permissions: ['*://localhost/*'],
    content_scripts: [{ js: ['page.js'] }],
  };
  const manifest = withOrigin(manifestFor('chromium', common), new URL('http://some.wiki:8080/w/index.php'));
  expect(manifest.host_permissions).toEqual(['*://localhost/*', 'http://some.wiki/*']);
  expect(manifest.content_scripts[0]?.matches).toEqual(['*://localhost/*', 'http://some.wiki/*']);
  expect(common.host_permissions).toEqual(['*://localhost/*']);
});
