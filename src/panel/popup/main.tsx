import { render } from 'preact';
import browser from 'webextension-polyfill';
import { createAsk } from '../ask.ts';
import { direction, language } from '../i18n.ts';
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
    granted: origin => browser.permissions.contains(pattern(origin)),
    request: origin => browser.permissions.request(pattern(origin)),
  };
  document.documentElement.lang = language();
  document.documentElement.dir = direction();
  render(<PopupView tab={await currentTab()} actions={actions} />, root);
}

async function currentTab(): Promise<PopupTab> {
  const asked = originOf(new URLSearchParams(location.search).get('origin'));
  if (asked !== null) return { id: null, origin: asked };
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return { id: tab?.id ?? null, origin: originOf(tab?.url) };
}
