import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import type { BrowserName } from './browsers/types.ts';
import { buildExtension, built, commonManifest } from './build.ts';
import { EXIT, parse, ROOT, say } from './command.ts';
import { covers, withOrigin, type Manifest } from './manifest.ts';

const RELEASE = join(ROOT, 'release');
const UNPACKED = join(RELEASE, 'unpacked');
const MARK = join(UNPACKED, 'inputs.sha256');

/** One date for every file, in local time as zips have it, so that the same code gives the same zip. */
const DATE = new Date(1980, 0, 1);

export const zipFile = (browser: BrowserName): string =>
  join(RELEASE, `metrics-platform-inspector-${commonManifest().version}-${browser}.zip`);

export const unpacked = (browser: BrowserName): string => join(UNPACKED, browser);

function zip(browser: BrowserName): void {
  const folder = built(browser);
  const contents: Zippable = {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const names = entries.map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
  for (const name of names) contents[name] = [readFileSync(join(folder, name)), { mtime: DATE, level: 9 }];
  mkdirSync(RELEASE, { recursive: true });
  writeFileSync(zipFile(browser), zipSync(contents));
}

function unzip(browser: BrowserName): void {
  rmSync(unpacked(browser), { recursive: true, force: true });
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zipFile(browser))))) {
    const file = join(unpacked(browser), name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

/** Builds and packs both browsers' zips into release/, and unpacks them beside; nothing where all that is up to date. */
export async function packExtension(): Promise<void> {
  const state = await buildExtension();
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === state) return;
  rmSync(MARK, { force: true });
  for (const browser of ['chromium', 'firefox'] as const) {
    zip(browser);
    unzip(browser);
  }
  writeFileSync(MARK, state);
}

/** The packed extension, unpacked: what tests and commands run. */
export async function packedExtension(browser: BrowserName): Promise<string> {
  await packExtension();
  return unpacked(browser);
}

/**
 * The packed extension as it may look at a page: itself where its hosts cover the address, else a copy in a temporary
 * folder whose manifest has that one origin more.
 */
export async function extensionFor(url: URL, browser: BrowserName): Promise<{ folder: string; remove(): void }> {
  const folder = await packedExtension(browser);
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  if (manifest.host_permissions.some(pattern => covers(pattern, url))) return { folder, remove: () => undefined };
  say(`${url.origin} is not among the extension's hosts: using a copy of it that has this one more.`);
  const copy = mkdtempSync(join(tmpdir(), 'inspector-extension-'));
  cpSync(folder, copy, { recursive: true });
  writeFileSync(join(copy, 'manifest.json'), JSON.stringify(withOrigin(manifest, url)));
  return { folder: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}

/** `npm run build` */
export async function build(args: string[]): Promise<number> {
  parse({ args, options: {} });
  await buildExtension();
  process.stdout.write(`${built('chromium')}\n${built('firefox')}\n`);
  return EXIT.ok;
}

/** `npm run package` */
export async function packageBoth(args: string[]): Promise<number> {
  parse({ args, options: {} });
  await packExtension();
  process.stdout.write(`${zipFile('chromium')}\n${zipFile('firefox')}\n`);
  return EXIT.ok;
}
