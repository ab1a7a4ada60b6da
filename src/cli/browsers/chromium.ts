import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, {
  type CDPSession,
  type Frame,
  type KeyInput,
  type Page as Tab,
  type Protocol,
  type Target,
} from 'puppeteer-core';
import { type Evaluate, evaluating, photograph, photographFrame } from './chromium-frame.ts';
import { closable, ended, removeProfile } from './process.ts';
import { PORT_FILE, pressAccept } from './chromium-prompt.ts';
import { reading, until } from './source.ts';
import type { Browser, OpenOptions, Page, Panel, Source, Surface } from './types.ts';

const SWITCHES = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--window-size=1400,1000',
];

type Version = Protocol.ServiceWorker.ServiceWorkerVersion;

/** The session with the frame's own process, which Puppeteer has and does not declare. */
const sessionOf = (frame: Frame) => (frame as Frame & { client: CDPSession }).client;

function surface(frame: () => Frame, screenshot: Surface['screenshot']): Surface {
  return {
    press: key =>
      frame()
        .page()
        .keyboard.press(key as KeyInput),
    ...reading(evaluating(frame)),
    click: async selector => {
      const element = await frame().waitForSelector(selector, { visible: true, timeout: 15_000 });
      await element?.click();
    },
    async wheel(selector, pixels, times) {
      await (await frame().waitForSelector(selector, { visible: true }))?.hover();
      const picture = () => new Promise(resolve => requestAnimationFrame(resolve));
      for (let i = 0; i < times; i++) {
        await frame().page().mouse.wheel({ deltaY: pixels });
        await frame().evaluate(picture);
      }
    },
    async heap() {
      const client = sessionOf(frame());
      await client.send('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize = 0 } = await client.send('Runtime.getHeapUsage');
      return usedSize + backingStorageSize;
    },
    screenshot,
  };
}

/** What is waited for in every panel before it is handed out. */
const READY = `document.documentElement.dataset.ready === 'true'`;

/** Opens real DevTools on the tab and answers the frame of our panel. @see https://pptr.dev/api/puppeteer.page.opendevtools */
async function devtoolsPanel(tab: Tab, extension: string): Promise<{ devtools: Tab; frame: Frame }> {
  const devtools = await tab.openDevTools();
  const find = () => devtools.frames().find(frame => frame.url().startsWith(`${extension}panel.html`));
  // DevTools has no protocol command to select a panel: its own module does it, as a click on the panel's title would.
  const select = `import('./ui/legacy/legacy.js').then(({ViewManager: {ViewManager}}) => {
    const views = ViewManager.instance();
    const id = [...views.views.keys()].find(id => id.startsWith(${JSON.stringify(extension.slice(0, -1))}));
    return id && views.showView(id).then(() => true);
  })`;
  await until('our panel in DevTools', () => devtools.evaluate(select));
  const frame = await until('the document of our panel', async () => find());
  return { devtools, frame };
}

async function launch(options: OpenOptions, program: string, profile: string) {
  mkdirSync(join(profile, 'Default'), { recursive: true });
  const preferences = {
    // The browser notes an extension's errors in developer mode only.
    extensions: { ui: { developer_mode: true } },
    // DevTools' own settings are JSON within JSON.
    devtools: {
      preferences: { currentDockState: '"bottom"', 'inspector-view.split-view-state': '{"horizontal":{"size":500}}' },
    },
  };
  const file = join(profile, 'Default', 'Preferences');
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(preferences));
  return puppeteer.launch({
    executablePath: program,
    headless: options.headless ?? true,
    pipe: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    enableExtensions: true,
    handleDevToolsAsPage: true,
    defaultViewport: null,
    userDataDir: profile,
    args: [...SWITCHES, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...(options.switches ?? [])],
  });
}

/**
 * Starts Chromium with a fresh profile and the extension, where one is given.
 * @throws where the browser does not start or refuses the extension, with the browser's own words.
 */
export async function openChromium(options: OpenOptions, program: string): Promise<Browser> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'inspector-chromium-'));
  let process: Awaited<ReturnType<typeof launch>> | undefined;
  const close = closable(async () => {
    // Not by its own way out: that would have the page send what it has queued.
    await ended(process?.process() ?? null);
    await process?.disconnect();
    if (options.profile === undefined) await removeProfile(profile);
  });
  try {
    process = await launch(options, program, profile);
    const id = options.extension === undefined ? null : await process.installExtension(options.extension);
    return await drive(process, id, profile, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function drive(
  process: Awaited<ReturnType<typeof launch>>,
  id: string | null,
  profile: string,
  close: () => Promise<void>,
): Promise<Browser> {
  const extension = `chrome-extension://${id}/`;
  const [first] = await process.pages();
  if (!first) throw new Error('Chromium started without a tab');

  const worker = () =>
    process.targets().find(target => target.type() === 'service_worker' && target.url().startsWith(extension));

  /**
   * Uses the protocol's own view of service workers, through whatever page is open.
   * @see https://chromedevtools.github.io/devtools-protocol/tot/ServiceWorker/
   */
  async function serviceWorkers<T>(use: (session: CDPSession) => Promise<T>): Promise<T> {
    const [page] = await process.pages();
    if (!page) throw new Error('No page is open to reach the background through');
    const session = await page.createCDPSession();
    try {
      return await use(session);
    } finally {
      await session.detach();
    }
  }

  async function runningWorker(): Promise<Target> {
    await serviceWorkers(async session => {
      await session.send('ServiceWorker.enable');
      // Starting it again while it runs is no error.
      await session.send('ServiceWorker.startWorker', { scopeURL: extension });
    });
    // Puppeteer sees a new target only after it has begun to run.
    return until('the background', async () => worker());
  }

  /** Answers what the browser knows of our background now; `seen` is told of that, and of all changes. */
  async function watch(session: CDPSession, seen: (version: Version) => void): Promise<Version> {
    const [now] = await new Promise<Version[]>(resolve => {
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        const ours = versions.filter(({ scriptURL }) => scriptURL.startsWith(extension));
        ours.forEach(seen);
        if (ours.length > 0) resolve(ours);
      });
      void session.send('ServiceWorker.enable');
    });
    if (!now) throw new Error('The browser knows no background');
    return now;
  }

  async function stopWorker(session: CDPSession): Promise<void> {
    let stopped = false;
    const { versionId } = await watch(session, ({ runningStatus }) => (stopped ||= runningStatus === 'stopped'));
    if (stopped) return;
    // A worker that is watched would start again only halfway: it waits for its watcher.
    await (await worker()?.worker())?.client.detach();
    await session.send('ServiceWorker.stopWorker', { versionId });
    await until('the background to stop', async () => stopped);
  }

  const backgroundEvaluate: Evaluate = async <T, A>(source: Source<A, T>, arg?: A) => {
    const running = await (await runningWorker()).worker();
    if (!running) throw new Error('The background stopped while it was being asked');
    return evaluating(() => running)(source, arg);
  };

  const tabs = () =>
    backgroundEvaluate<number[]>('chrome.tabs.query({}).then(tabs => tabs.flatMap(tab => tab.id ?? []))');

  async function opened(how: () => Promise<Tab>): Promise<Page> {
    if (id === null) return page(await how(), 0);
    const before = await tabs();
    const tab = await how();
    const added = await until('the new tab', async () => (await tabs()).find(one => !before.includes(one)));
    return page(tab, added);
  }

  async function load(tab: Tab, url: string): Promise<void> {
    await tab.goto(url, { waitUntil: 'load', timeout: 60_000 }).catch((error: unknown) => {
      throw new Error(`Could not load ${url}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  function page(tab: Tab, number: number): Page {
    let emulation: CDPSession | undefined;
    return {
      ...surface(() => tab.mainFrame(), photograph(tab)),
      tab: number,
      goto: url => load(tab, url),
      reload: async () => void (await tab.reload({ waitUntil: 'load' })),
      url: async () => tab.url(),
      close: () => tab.close(),
      panel: async () => {
        const { devtools, frame } = await devtoolsPanel(tab, extension);
        const base = surface(() => frame, photographFrame(devtools, frame));
        await base.waitFor(READY, undefined, { what: 'the panel to be ready' });
        return {
          ...base,
          resize: () => Promise.reject(new Error('DevTools keep the size of their panels')),
          screenshotWhole: photograph(devtools),
          close: () => devtools.close(),
        };
      },
      panelPage: async (): Promise<Panel> => {
        const own = await process.newPage({ type: 'window' });
        await load(own, `${extension}panel.html?tab=${number}`);
        const base = surface(() => own.mainFrame(), photograph(own));
        await base.waitFor(READY, undefined, { what: 'the panel to be ready' });
        return {
          ...base,
          resize: (width, height) => own.setViewport({ width, height }),
          screenshotWhole: base.screenshot,
          close: () => own.close(),
        };
      },
      allowCookies: async allowed => {
        // in force as long as its session is open
        emulation ??= await tab.createCDPSession();
        await emulation.send('Emulation.setDocumentCookieDisabled', { disabled: !allowed });
      },
      badge: () => backgroundEvaluate(`chrome.action.getBadgeText({tabId: ${number}})`),
    };
  }

  /** Runs in chrome://extensions. */
  async function inSettings<T, A>(run: (arg: A) => Promise<T>, arg: A): Promise<T> {
    const tab = await process.newPage();
    try {
      await load(tab, 'chrome://extensions/');
      return await evaluating(() => tab)<T, A>(run, arg);
    } finally {
      await tab.close();
    }
  }

  // A worker that has just begun may not have the extension's API yet.
  if (id !== null)
    await until('the background', () => backgroundEvaluate(`typeof chrome === 'object' && 'tabs' in chrome`));
  const [firstTab] = id === null ? [0] : await tabs();
  if (firstTab === undefined) throw new Error('The extension sees no tab');

  return {
    name: 'chromium',
    version: (await process.version()).replace(/^Headless|^Chrome(?=\/)/, name =>
      name === 'Chrome' ? 'Chromium' : '',
    ),
    extension,
    page: page(first, firstTab),
    newPage: () => opened(() => process.newPage()),
    extensionPage: path =>
      opened(async () => {
        const tab = await process.newPage();
        await load(tab, extension + path);
        return tab;
      }),
    backgroundEvaluate,
    backgroundAlive: () =>
      serviceWorkers(async session => (await watch(session, () => undefined)).runningStatus === 'running'),
    stopBackground: () => serviceWorkers(stopWorker),
    shortcut: command => backgroundEvaluate(`void chrome.commands.onCommand.dispatch(${JSON.stringify(command)})`),
    acceptPrompt: () => {
      const port = Number(readFileSync(join(profile, PORT_FILE), 'utf8').split('\n')[0]);
      return until('a prompt', () => backgroundEvaluate(pressAccept, port));
    },
    allowExtension: async allowed => void (await inSettings(allow, { id: id ?? '', allowed })),
    errors: () => inSettings(reported, id ?? ''),
    closed: () => new Promise(resolve => process.once('disconnected', () => resolve())),
    close,
  };
}

interface Info {
  manifestErrors?: { message: string }[];
  runtimeErrors?: { message: string; source: string }[];
  installWarnings?: string[];
  loadingError?: string;
}

/** Runs in chrome://extensions: the switch of its card. */
async function allow({ id, allowed }: { id: string; allowed: boolean }): Promise<null> {
  const page = globalThis as unknown as {
    chrome: { management: { setEnabled(id: string, enabled: boolean): Promise<void> } };
  };
  await page.chrome.management.setEnabled(id, allowed);
  return null;
}

/** Runs in chrome://extensions: all that its "Errors" page would show. */
async function reported(id: string): Promise<string[]> {
  const page = globalThis as unknown as {
    chrome: { developerPrivate: { getExtensionInfo(id: string): Promise<Info> } };
  };
  const info = await page.chrome.developerPrivate.getExtensionInfo(id);
  return [
    ...(info.manifestErrors ?? []).map(error => error.message),
    ...(info.runtimeErrors ?? []).map(error => `${error.source}: ${error.message}`),
    ...(info.installWarnings ?? []),
    ...(info.loadingError ? [info.loadingError] : []),
  ];
}
