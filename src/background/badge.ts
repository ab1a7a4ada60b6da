/** The toolbar icon says that a tab is under override. */

import type { Browser } from 'webextension-polyfill';
import type { Override } from '../record/override.ts';

const COLOR = '#b32424';

/** Shows or hides the badge of a tab. A tab that is gone has no badge: that is no error. */
export async function showBadge(browser: Browser, tab: number, override: Override | null): Promise<void> {
  try {
    await browser.action.setBadgeText({ tabId: tab, text: override ? textOf(override) : '' });
    await browser.action.setTitle({
      tabId: tab,
      title: override ? title(browser, override) : await browser.action.getTitle({}),
    });
    if (override) await browser.action.setBadgeBackgroundColor({ tabId: tab, color: COLOR });
  } catch (error) {
    if (!(await isGone(browser, tab))) throw error;
  }
}

const textOf = ({ policy }: Override): string => (policy === 'redirect' ? 'ON→' : 'ON');

function title(browser: Browser, { rules, until, policy, target = '' }: Override): string {
  const end = new Date(until).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const told = [String(rules.length), end];
  if (policy === 'redirect') {
    const { origin } = new URL(target);
    return (
      browser.i18n.getMessage('badgeRedirectTitle', [...told, origin]) ||
      `This tab is under override: ${rules.length} rules, until ${end}. Its events go to ${origin}`
    );
  }
  return (
    browser.i18n.getMessage('badgeTitle', told) || `This tab is under override: ${rules.length} rules, until ${end}`
  );
}

async function isGone(browser: Browser, tab: number): Promise<boolean> {
  return browser.tabs.get(tab).then(
    () => false,
    () => true,
  );
}
