/**
 * The browser as the background sees it, in memory. What a browser keeps while a background is stopped (storage,
 * rules, alarms, tabs, badges, scripts, grants) lives here; `stop` takes listeners and ports away as a browser does.
 */

import type { Browser } from 'webextension-polyfill';
import { startBackground } from '../../../src/background/main.ts';

type Listener = (...args: never[]) => unknown;

export const OURS = 'chrome-extension://ours/';

class FakeEvent {
  listeners: Listener[] = [];
  addListener = (listener: Listener): void => void this.listeners.push(listener);
  emit(...args: unknown[]): unknown[] {
    return this.listeners.map(listener => (listener as (...args: unknown[]) => unknown)(...args));
  }
}

interface Sender {
  id: string;
  url: string;
  tab?: { id: number };
  frameId?: number;
}

/** One end of a port. Messages are copied and arrive in a later task, in order, as in a browser. */
export class FakePort {
  onMessage = new FakeEvent();
  onDisconnect = new FakeEvent();
  other: FakePort | null = null;
  received: { type: string; [key: string]: unknown }[] = [];
  open = true;
  constructor(
    readonly name: string,
    readonly sender?: Sender,
  ) {}
  postMessage = (message: unknown): void => {
    const { other } = this;
    if (!this.open || !other) throw new Error('Attempting to use a disconnected port object');
    const copy = structuredClone(message) as FakePort['received'][number];
    setImmediate(() => {
      if (!other.open) return;
      other.received.push(copy);
      other.onMessage.emit(copy, other);
    });
  };
  disconnect = (): void => {
    const { other } = this;
    this.open = false;
    if (!other?.open) return;
    other.open = false;
    setImmediate(() => other.onDisconnect.emit(other));
  };
}

const EVENTS = [
  'runtime.onConnect',
  'runtime.onMessage',
  'webRequest.onBeforeRequest',
  'webRequest.onHeadersReceived',
  'webRequest.onBeforeRedirect',
  'webRequest.onErrorOccurred',
  'alarms.onAlarm',
  'storage.onChanged',
  'commands.onCommand',
  'tabs.onCreated',
  'tabs.onUpdated',
  'tabs.onRemoved',
  'tabs.onReplaced',
  'permissions.onAdded',
  'permissions.onRemoved',
] as const;
type EventName = (typeof EVENTS)[number];

interface NetworkRule {
  id: number;
  priority?: number;
  condition: { tabIds?: number[]; [key: string]: unknown };
  action: { type: string; [key: string]: unknown };
}
interface Script {
  id: string;
  js: string[];
  matches: string[];
  excludeMatches?: string[];
}

const later = <T>(value: T): Promise<T> => new Promise(resolve => setImmediate(() => resolve(structuredClone(value))));

export class FakeBrowser {
  stored: { [key: string]: unknown } = {};
  local: { [key: string]: unknown } = {};
  rules: NetworkRule[] = [];
  alarms = new Map<string, number>();
  tabs = new Map<number, { url: string }>();
  badges = new Map<number, string>();
  privateTabs = new Set<number>();
  scripts: Script[] = [];
  origins = new Set<string>(['https://*.wikipedia.org/*']);
  injected: { tab: number; file: string }[] = [];
  woken: number[] = [];
  /** Says why the browser refuses a network rule; null where it takes it. */
  refuses: (rule: NetworkRule) => string | null = () => null;
  /** Storage writes so far. */
  writes = 0;

  private events = new Map<EventName, FakeEvent>();
  private ports = new Set<FakePort>();

  constructor(private readonly extension = OURS) {}

  start(): void {
    this.events = new Map(EVENTS.map(name => [name, new FakeEvent()]));
    startBackground(this.api());
  }

  /** The browser stops the background: its listeners are gone, the other ends of its ports learn it. */
  stop(): void {
    this.events.clear();
    for (const port of this.ports) port.disconnect();
    this.ports.clear();
  }

  emit(name: EventName, ...args: unknown[]): void {
    this.events.get(name)?.emit(...args);
  }

  connect(name: string, sender: Sender): FakePort {
    const theirs = new FakePort(name);
    const ours = new FakePort(name, sender);
    theirs.other = ours;
    ours.other = theirs;
    this.ports.add(ours);
    this.emit('runtime.onConnect', ours);
    return theirs;
  }

  connectRelay(tab: number, frame = 0, url = 'https://en.wikipedia.org/'): FakePort {
    return this.connect('relay', { id: 'ours', url, tab: { id: tab }, frameId: frame });
  }

  connectPanel(tab: number): FakePort {
    return this.connect(`panel:${tab}`, { id: 'ours', url: `${this.extension}panel.html` });
  }

  ask(message: unknown, sender: Sender = { id: 'ours', url: `${this.extension}panel.html` }): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const answers = this.events.get('runtime.onMessage')?.emit(message, sender, resolve) ?? [];
      if (!answers.includes(true)) reject(new Error('nobody answers'));
    });
  }

  closeTab(tab: number): void {
    this.tabs.delete(tab);
    this.badges.delete(tab);
    this.emit('tabs.onRemoved', tab, {});
  }

  navigate(tab: number): void {
    this.badges.delete(tab);
    this.emit('tabs.onUpdated', tab, { status: 'loading' }, {});
  }

  sessionArea(): Browser['storage']['session'] {
    return this.api().storage.session;
  }

  private area(values: () => FakeBrowser['stored'], onWrite: () => void) {
    return {
      get: (key: string | null) => later(key === null ? values() : key in values() ? { [key]: values()[key] } : {}),
      set: async (items: object) => {
        await later(null);
        onWrite();
        Object.assign(values(), structuredClone(items));
      },
      remove: async (keys: string | string[]) => {
        await later(null);
        for (const key of [keys].flat()) Reflect.deleteProperty(values(), key);
      },
    };
  }

  private api(): Browser {
    const needTab = (tab: number): void => {
      if (!this.tabs.has(tab)) throw new Error(`No tab with id: ${tab}.`);
    };
    const event = (name: EventName) => this.events.get(name);
    const api = {
      runtime: {
        id: 'ours',
        getURL: (path: string) => this.extension + path,
        getManifest: () => ({ version: '0.1.0', host_permissions: ['https://*.wikipedia.org/*'] }),
        onConnect: event('runtime.onConnect'),
        onMessage: event('runtime.onMessage'),
      },
      i18n: { getMessage: () => '' },
      storage: {
        onChanged: event('storage.onChanged'),
        local: this.area(
          () => this.local,
          () => undefined,
        ),
        session: this.area(
          () => this.stored,
          () => void this.writes++,
        ),
      },
      declarativeNetRequest: {
        getSessionRules: () => later(this.rules),
        updateSessionRules: async (change: { removeRuleIds: number[]; addRules: NetworkRule[] }) => {
          await later(null);
          for (const reason of change.addRules.map(this.refuses)) if (reason) throw new Error(reason);
          const kept = this.rules.filter(rule => !change.removeRuleIds.includes(rule.id));
          const ids = [...kept, ...change.addRules].map(rule => rule.id);
          if (new Set(ids).size < ids.length) throw new Error('Rule with id is not unique.');
          this.rules = structuredClone([...kept, ...change.addRules]);
        },
      },
      commands: { onCommand: event('commands.onCommand') },
      alarms: {
        onAlarm: event('alarms.onAlarm'),
        getAll: () => later([...this.alarms].map(([name, scheduledTime]) => ({ name, scheduledTime }))),
        create: (name: string, { when }: { when: number }) => void this.alarms.set(name, when),
        clear: async (name: string) => this.alarms.delete(name),
      },
      tabs: {
        onCreated: event('tabs.onCreated'),
        onUpdated: event('tabs.onUpdated'),
        onRemoved: event('tabs.onRemoved'),
        onReplaced: event('tabs.onReplaced'),
        query: ({ url }: { url?: string[] }) => {
          const isWanted = (tab: string) => !url || url.some(pattern => tab.startsWith(pattern.slice(0, -1)));
          return later([...this.tabs].filter(([, tab]) => isWanted(tab.url)).map(([id, tab]) => ({ id, ...tab })));
        },
        get: async (tab: number) => {
          await later(null);
          needTab(tab);
          return { id: tab, incognito: this.privateTabs.has(tab) };
        },
        sendMessage: async (tab: number) => void this.woken.push(tab),
      },
      action: {
        setBadgeText: async ({ tabId, text }: { tabId: number; text: string }) => {
          needTab(tabId);
          if (text) this.badges.set(tabId, text);
          else this.badges.delete(tabId);
        },
        getTitle: async () => 'Inspector',
        setTitle: async ({ tabId }: { tabId: number }) => needTab(tabId),
        setBadgeBackgroundColor: async ({ tabId }: { tabId: number }) => needTab(tabId),
      },
      scripting: {
        getRegisteredContentScripts: () => later(this.scripts),
        registerContentScripts: async (added: Script[]) => {
          await later(null);
          if (added.some(script => this.scripts.some(({ id }) => id === script.id)))
            throw new Error('Duplicate script ID');
          this.scripts.push(...structuredClone(added));
        },
        unregisterContentScripts: async ({ ids }: { ids: string[] }) => {
          await later(null);
          this.scripts = this.scripts.filter(({ id }) => !ids.includes(id));
        },
        executeScript: async ({ target, files }: { target: { tabId: number }; files: string[] }) => {
          for (const file of files) this.injected.push({ tab: target.tabId, file });
        },
      },
      permissions: {
        onAdded: event('permissions.onAdded'),
        onRemoved: event('permissions.onRemoved'),
        getAll: () => later({ origins: [...this.origins], permissions: [] }),
        contains: async ({ origins }: { origins: string[] }) =>
          origins.every(origin => this.origins.has(origin) || this.origins.has(origin.replace(/\/\w+\./, '/*.'))),
      },
      webRequest: {
        onBeforeRequest: event('webRequest.onBeforeRequest'),
        onHeadersReceived: event('webRequest.onHeadersReceived'),
        onBeforeRedirect: event('webRequest.onBeforeRedirect'),
        onErrorOccurred: event('webRequest.onErrorOccurred'),
      },
    };
    return api as unknown as Browser;
  }
}
