import { render, type VNode } from 'preact';
import browser from 'webextension-polyfill';
import { createLog } from '../log/log.ts';
import { createIdbStore } from '../validation/idb-store.ts';
import { withCauses } from '../validation/read.ts';
import { createWorkerEngine } from '../validation/engine-worker.ts';
import { PANEL_PORT } from '../wire/protocol.ts';
import { followAnswers } from './answers.ts';
import { App } from './app.tsx';
import { createAsk } from './ask.ts';
import { createConnection } from './connection.ts';
import { frame, later } from './frame.ts';
import { direction, language, t } from './i18n.ts';
import { followPage } from './inspected-page.ts';
import { createInspector, type Inspector } from './inspector.ts';
import { rememberView, VIEW } from './remembered-view.ts';
import { fromKept, toKept } from './settings/kept.ts';
import { PanelProvider } from './shared/use-panel.ts';
import { createPanel } from './store.ts';
import { readKept } from './store/kept.ts';
import { validatorFactory } from './validator.ts';
import './shared/controls.css';
import './shared/forms.css';

declare global {
  var inspector: Inspector;
}

const CHOICES = 'panel';

/**
 * The panel of one tab: the one whose DevTools these are; or `?tab=<id>`, opened as an ordinary page. `?session=<id>` shows
 * what was recorded before.
 */
export async function startPanel(root: Element): Promise<void> {
  // Asked first: it is on its way while the panel is made.
  const stored = browser.storage.local.get([VIEW, 'repositories', 'muted', CHOICES]);
  const asked = new URLSearchParams(location.search);
  const tab = browser.devtools?.inspectedWindow?.tabId ?? Number(asked.get('tab'));
  const now = () => Date.now();
  const ask = createAsk(message => browser.runtime.sendMessage(message));
  const isOnline = () => navigator.onLine;
  const store = createIdbStore();
  const read = withCauses((url, limit) => ask('fetch', { url, limit }), {
    isOnline,
    mayRead: async origin => (await ask('host.state', { origin })) === 'granted',
    answers,
  });
  const engine = createWorkerEngine(() => new Worker(browser.runtime.getURL('validator.js')));

  const about = { version: browser.runtime.getManifest().version, browser: navigator.userAgent };
  const saved = asked.get('session');
  document.documentElement.lang = language();
  document.documentElement.dir = direction();
  const recorded = saved === null ? null : await openSaved(saved, root);
  if (saved !== null && !recorded) return;

  const panel = createPanel({
    tab,
    log: recorded?.log ?? createLog({ checks: true }),
    ...(recorded && { recorded: recorded.rebuilt }),
    ask,
    send: message => connection.send(message),
    frame,
    later,
    now,
    isOnline,
    kept: store,
    validator: validatorFactory({ engine, store, read }),
    keep: settings => void browser.storage.local.set({ ...toKept(settings) }),
    remember: kept => void browser.storage.local.set({ [CHOICES]: kept }),
    about,
  });

  const { [VIEW]: view, [CHOICES]: choices, ...settings } = await stored;
  rememberView(panel.state, browser.storage.local, view);
  draw(
    root,
    <PanelProvider value={panel}>
      <App />
    </PanelProvider>,
  );

  globalThis.inspector = createInspector(panel, { ...about, now });
  panel.state.subscribe(({ connection }) => {
    document.documentElement.dataset['ready'] = String(connection === 'connected' || connection === 'recorded');
  });
  // Before the connection: from then on the panel is ready, and whoever waits for that may set others.
  panel.recall(readKept(choices));
  panel.takeSettings(fromKept(settings));

  if (recorded) {
    panel.connection('recorded');
    void panel.settled();
    return;
  }
  const connection = createConnection({
    open: () => browser.runtime.connect({ name: `${PANEL_PORT}${tab}` }),
    receive: panel.receive,
    onState: panel.connection,
    alive: () => browser.runtime?.id !== undefined,
    now,
    later,
  });
  for (const cause of ['online', 'focus']) addEventListener(cause, () => void panel.recover());
  followPage(tab, origin => void panel.visit(origin));
  followAnswers(note => void panel.receive({ type: 'notes', notes: [note] }));
}

/** Preact leaves alone what it finds in the root: the document's first picture goes here. */
function draw(root: Element, view: VNode): void {
  root.querySelector('.starting')?.remove();
  render(view, root);
}

/** What was recorded before; null where there is no such recording, which is then said. */
async function openSaved(id: string, root: Element) {
  draw(root, <p role="status">{t('loading')}</p>);
  try {
    // Only who opens a recording needs what reads it.
    return await (await import('./test-sessions/open.ts')).openRecording(id);
  } catch (error) {
    draw(root, <p role="alert">{error instanceof Error ? error.message : String(error)}</p>);
    return null;
  }
}

/** Whether a server answers at all, in a request whose answer nobody may read. */
async function answers(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(5_000);
  await fetch(url, { mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer', signal });
  return true;
}
