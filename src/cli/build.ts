import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserName } from './browsers/types.ts';
import { ROOT, say } from './command.ts';
import { manifestFor, type Manifest } from './manifest.ts';

/** All that the extension is made of. */
const INPUTS = ['extension', 'src', 'public', 'manifest.json', 'vite.config.ts', 'package-lock.json'];
const MARK = join(ROOT, 'dist/inputs.sha256');

function* files(path: string): Generator<string> {
  if (statSync(join(ROOT, path)).isFile()) yield path;
  else for (const name of readdirSync(join(ROOT, path)).sort()) yield* files(`${path}/${name}`);
}

/** The state of the inputs, as one SHA-256 in hex. */
function inputs(): string {
  const hash = createHash('sha256');
  for (const path of INPUTS)
    for (const file of files(path))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(ROOT, file)))
        .update('\0');
  return hash.digest('hex');
}

export const built = (browser: BrowserName): string => join(ROOT, 'dist', browser);

export const commonManifest = (): Manifest => JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8')) as Manifest;

function assemble(browser: BrowserName): void {
  const folder = built(browser);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(ROOT, 'dist/code'), folder, { recursive: true });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifestFor(browser, commonManifest()), null, 2));
}

/**
 * Builds dist/chromium and dist/firefox, unless they are of the inputs as they are now.
 * @returns the state of the inputs that the build is of
 */
export async function buildExtension(): Promise<string> {
  const state = inputs();
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === state) return state;
  say('Building the extension …');
  rmSync(MARK, { force: true });
  // Loaded only here, for a quick start where there is nothing to build.
  const { createBuilder } = await import('vite');
  const builder = await createBuilder({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' });
  await builder.buildApp();
  assemble('chromium');
  assemble('firefox');
  writeFileSync(MARK, state);
  return state;
}
