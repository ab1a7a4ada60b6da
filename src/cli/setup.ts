import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, PROGRAMS } from './browsers/find.ts';
import type { BrowserName } from './browsers/types.ts';
import { CommandError, EXIT, messageOf, say } from './command.ts';

const PACKAGES: { [B in BrowserName]: string } = { chromium: 'chromium', firefox: 'firefox-esr' };

/** Where browsers go that are not the system's. */
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'metrics-platform-inspector');

/** Runs a program with its output on standard error. */
function run(command: string, ...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', 2, 2], env }).status === 0;
}

function installDebian(browser: BrowserName): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const name = PACKAGES[browser];
  say(`Installing ${name} (apt-get) …`);
  if (run('apt-get', 'update', '-q')) run('apt-get', 'install', '-q', '-y', '--no-install-recommends', name);
}

/** @see https://pptr.dev/browsers-api; loaded only where it is needed, for start-up's sake */
async function fromCache(browser: BrowserName, install: boolean): Promise<string | null> {
  if (!install && !existsSync(CACHE)) return null;
  const browsers = await import('@puppeteer/browsers');
  const which = browser === 'chromium' ? browsers.Browser.CHROME : browsers.Browser.FIREFOX;
  const present = await browsers.getInstalledBrowsers({ cacheDir: CACHE });
  const found = present.find(one => one.browser === which);
  if (found) return found.executablePath;
  const platform = browsers.detectBrowserPlatform();
  if (!install || !platform) return null;
  say(`Downloading ${which} into ${CACHE} …`);
  const buildId = await browsers.resolveBuildId(which, platform, browsers.BrowserTag.STABLE);
  return (await browsers.install({ browser: which, buildId, cacheDir: CACHE })).executablePath;
}

/**
 * The browser's program; installed where there is none.
 * @throws CommandError with exit code 3 where there is none and none can be installed
 */
export async function ensureBrowser(browser: BrowserName): Promise<string> {
  const { variable } = PROGRAMS[browser];
  const named = process.env[variable];
  const present = findBrowser(browser) ?? (named ? null : await fromCache(browser, false));
  if (present) return present;
  if (named) throw new CommandError(EXIT.noBrowser, `${variable}=${named} is no program that can be run.`);

  installDebian(browser);
  const installed = findBrowser(browser);
  if (installed) return installed;
  let reason = '';
  try {
    const downloaded = await fromCache(browser, true);
    if (downloaded) return downloaded;
  } catch (error) {
    reason = ` (${messageOf(error).split('\n')[0]})`;
  }
  throw new CommandError(
    EXIT.noBrowser,
    `No ${browser} was found and none could be installed${reason}: install ${PACKAGES[browser]}, or name its program in ${variable}.`,
  );
}
