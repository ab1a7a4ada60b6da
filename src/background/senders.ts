/** Who is speaking. A content script shares a process with a hostile page: it may report, and ask for nothing. */

import type { Browser, Runtime } from 'webextension-polyfill';

/** Whether a message or port comes from a page of this extension (panel, popup), not from a content script. */
export function isOurPage(browser: Browser, sender: Runtime.MessageSender | undefined): boolean {
  return sender?.id === browser.runtime.id && (sender.url ?? '').startsWith(browser.runtime.getURL(''));
}

/** The tab and frame of one of our content scripts; null for anybody else. */
export function contentFrame(
  browser: Browser,
  sender: Runtime.MessageSender | undefined,
): { tab: number; frame: number } | null {
  if (sender?.id !== browser.runtime.id || isOurPage(browser, sender)) return null;
  const tab = sender.tab?.id;
  return tab === undefined || sender.frameId === undefined ? null : { tab, frame: sender.frameId };
}
