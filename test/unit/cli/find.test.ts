import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../src/cli/browsers/find.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspector-find-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, mode = 0o755): string {
  const file = join(folder, name);
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
}

describe('findBrowser', () => {
  it('takes the first of the names that is on the PATH', () => {
    const chrome = program('google-chrome');
    expect(findBrowser('chromium', { PATH: `/nowhere:${folder}` })).toBe(chrome);
    const chromium = program('chromium');
    expect(findBrowser('chromium', { PATH: folder })).toBe(chromium);
  });

  it('takes the program that the environment names, and no other in its place', () => {
    const own = program('my-firefox');
    program('firefox');
    expect(findBrowser('firefox', { PATH: folder, FIREFOX: own })).toBe(own);
    expect(findBrowser('firefox', { PATH: folder, FIREFOX: join(folder, 'gone') })).toBeNull();
  });

  it('finds nothing where there is nothing', () => {
    expect(findBrowser('firefox', { PATH: '/nowhere' })).toBeNull();
    expect(findBrowser('firefox', {})).toBeNull();
  });
});
