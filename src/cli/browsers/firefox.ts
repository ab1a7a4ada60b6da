import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser as Engine, createProfile } from '@puppeteer/browsers';
import { Marionette } from './marionette.ts';
import { closable, ended, kill, removeProfile } from './process.ts';
import { expression, reading, until } from './source.ts';
import type { Browser, OpenOptions, Page, Panel, Source, Surface } from './types.ts';

/** Beside those of automated tests, which also keep Firefox from calling home. */
const PREFERENCES = {
  // Firefox chooses a port and writes it into the profile.
  'marionette.port': 0,
  'devtools.toolbox.host': 'bottom',
  'devtools.toolbox.footer.height': 450,
};

/** A document, as the script inside Firefox finds it. */
type Target = { tab: number } | { panel: { tab: number; extension: string } } | { background: string };

/** Calls into `firefox-inside.js`. */
type Inside = <T>(method: string, ...args: unknown[]) => Promise<T>;

/**
 * Starts Firefox with a fresh profile and the extension, where one is given.
 * @throws where the browser does not start or refuses the extension, with the browser's own words.
 */
export async function openFirefox(options: OpenOptions, program: string): Promise<Browser> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'inspector-firefox-'));
  rmSync(join(profile, 'MarionetteActivePort'), { force: true });
  await createProfile(Engine.FIREFOX, { path: profile, preferences: { ...PREFERENCES, ...options.preferences } });
  const child = spawn(
    program,
    ['--no-remote', '--profile', profile, '-marionette', '--remote-allow-system-access'].concat(
      options.headless === false ? [] : ['--headless'],
    ),
    {
      // A process group of its own, so that its content processes end with it.
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, MOZ_HEADLESS_WIDTH: '1400', MOZ_HEADLESS_HEIGHT: '900' },
    },
  );
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('Firefox ended as it started')));
  });
  failed.catch(() => undefined);
  const atExit = () => kill(child);
  process.once('exit', atExit);
  let marionette: Marionette | undefined;
  const close = closable(async () => {
    marionette?.close();
    await ended(child);
    process.off('exit', atExit);
    if (options.profile === undefined) await removeProfile(profile);
  });
  try {
    marionette = await Promise.race([connected(profile), failed]);
    return await drive(marionette, options.extension, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function connected(profile: string): Promise<Marionette> {
  const port = await until(
    'Firefox to start',
    async () => Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8')),
    60_000,
  );
  return until('Firefox to answer', () => Marionette.connect(port));
}

async function drive(marionette: Marionette, folder: string | undefined, close: () => Promise<void>): Promise<Browser> {
  const session = (await marionette.send('WebDriver:NewSession', { capabilities: {} })) as {
    capabilities: { browserVersion: string };
  };
  let id = '';
  if (folder !== undefined) {
    const installed = (await marionette.send('Addon:Install', { path: folder, temporary: true })) as { value: string };
    id = installed.value;
  }
  await marionette.send('WebDriver:SetTimeouts', { script: 3_600_000 });
  await marionette.send('Marionette:SetContext', { value: 'chrome' });
  await marionette.send('WebDriver:ExecuteScript', {
    script: readFileSync(new URL('./firefox-inside.js', import.meta.url), 'utf8'),
    args: [],
    sandbox: 'system',
  });

  const inside: Inside = async <T>(method: string, ...args: unknown[]) => {
    const { value } = (await marionette.send('WebDriver:ExecuteAsyncScript', {
      script: `const [method, args, done] = arguments;
        window.inspectorDriver[method](...args).then(value => done({value}), error => done({error: String(error.message ?? error)}));`,
      args: [method, args],
      sandbox: 'system',
    })) as { value: { value: T } | { error: string } };
    if ('error' in value) throw new Error(value.error);
    return value.value;
  };

  const extension = id && (await inside<string>('base', id));

  function surface(target: Target): Surface {
    const base = reading(
      async <T, A>(source: Source<A, T>, arg?: A) =>
        JSON.parse(await inside<string>('evaluate', target, expression(source, arg))) as T,
    );
    return {
      ...base,
      click: async selector => {
        await until(`something to click at ${selector}`, () => inside<boolean>('click', target, selector));
      },
      press: key => inside('press', target, key),
      wheel: (selector, pixels, times) => inside('wheel', target, { selector, pixels, times }),
      heap: () => inside('heap', target),
      screenshot: async file => writeFileSync(file, Buffer.from(await inside<string>('picture', target), 'base64')),
    };
  }

  const unsized = () => Promise.reject(new Error('Firefox’s panels keep the size of their window'));
  const ready = (panel: Surface) =>
    panel.waitFor(`document.documentElement.dataset.ready === 'true'`, undefined, { what: 'the panel to be ready' });

  function page(tab: number): Page {
    return {
      ...surface({ tab }),
      tab,
      goto: url =>
        inside<void>('goto', tab, url).catch((error: unknown) => {
          throw new Error(`Could not load ${url}: ${error instanceof Error ? error.message : String(error)}`);
        }),
      reload: () => inside('reload', tab),
      url: () => inside('url', tab),
      close: () => inside('close', tab),
      allowCookies: allowed => inside('allowCookies', allowed),
      badge: () => inside('badge', tab, id),
      panel: async (): Promise<Panel> => {
        await inside('openPanel', tab, id);
        const panel = surface({ panel: { tab, extension: id } });
        await ready(panel);
        return {
          ...panel,
          resize: unsized,
          screenshotWhole: async file =>
            writeFileSync(file, Buffer.from(await inside<string>('wholePicture', tab, id), 'base64')),
          close: () => inside('closePanel', tab),
        };
      },
      panelPage: async (): Promise<Panel> => {
        const own = page(await inside<number>('openWindow', `${extension}panel.html?tab=${tab}`));
        await ready(own);
        return { ...own, resize: unsized, screenshotWhole: own.screenshot };
      },
    };
  }

  const backgroundEvaluate: Surface['evaluate'] = async <T, A>(source: Source<A, T>, arg?: A) => {
    await inside('wake', id);
    return surface({ background: id }).evaluate(source, arg);
  };

  return {
    name: 'firefox',
    version: `Firefox/${session.capabilities.browserVersion}`,
    extension,
    page: page(await inside<number>('firstTab')),
    newPage: async () => page(await inside<number>('open')),
    extensionPage: async path => page(await inside<number>('open', extension + path)),
    backgroundEvaluate,
    backgroundAlive: () => inside('backgroundAlive', id),
    stopBackground: () => inside('stop', id),
    allowExtension: allowed => inside('allow', id, allowed),
    shortcut: async command => {
      const keys = await backgroundEvaluate<string>(
        `browser.commands.getAll().then(all => all.find(({ name }) => name === ${JSON.stringify(command)}).shortcut)`,
      );
      await inside('pressChord', keys.split('+'));
    },
    acceptPrompt: () => inside('acceptPrompt'),
    errors: () => inside('errors', id),
    closed: () => marionette.closed,
    close,
  };
}
