import { render } from 'preact';
import browser from 'webextension-polyfill';
import { createAsk } from '../ask.ts';
import { direction, language } from '../i18n.ts';
import { DEFAULT_SOURCES } from '../repositories.ts';
import { fromKept } from '../settings/kept.ts';
import { originOf, type PopupActions, type PopupTab, PopupView } from './popup-view.tsx';
import '../base.css';
import '../shared/controls.css';
import './popup.css';

/** Opened from the toolbar it is about the tab below; opened by the panel as a page, about the origin in its address. */
export async function startPopup(root: Element): Promise<void> {
  const ask = createAsk(message => browser.runtime.sendMessage(message));
  const pattern = (origin: string) => ({ origins: [`${new URL(origin).protocol}//${new URL(origin).hostname}/*`] });
  const actions: PopupActions = {
    override: tab => ask('override.get', { tab }),
    clear: async tab => void (await ask('override.clear', { tab })),
    recording: {
      status: tab => ask('recording.get', { tab }),
      start: async tab =>
        ask('recording.start', { tab, name: '', stepsByPage: true, repositories: await repositories() }),
      step: tab => ask('recording.mark', { tab, what: 'step', text: '' }),
      stop: tab => ask('recording.stop', { tab }),
    },
    granted: origin => browser.permissions.contains(pattern(origin)),
    request: origin => browser.permissions.request(pattern(origin)),
  };
  document.documentElement.lang = language();
  document.documentElement.dir = direction();
  render(<PopupView tab={await currentTab()} actions={actions} />, root);
}

/** Those that the panel was set to. */
async function repositories(): Promise<string[]> {
  const { repositories: kept } = fromKept(await browser.storage.local.get('repositories'));
  return (kept.length > 0 ? kept : DEFAULT_SOURCES).map(({ base }) => base);
}

async function currentTab(): Promise<PopupTab> {
  const asked = originOf(new URLSearchParams(location.search).get('origin'));
  if (asked !== null) return { id: null, origin: asked };
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return { id: tab?.id ?? null, origin: originOf(tab?.url) };
}
