/** Hosts that the user granted beyond the manifest's own. */

import type { Browser, Permissions } from 'webextension-polyfill';
import { HOOK_SCRIPTS } from './scripts.ts';

/**
 * @param origin such as `https://some.wiki`
 * @throws Error where it is no http or https origin
 */
export async function hostState(browser: Browser, origin: string): Promise<'granted' | 'missing'> {
  const { protocol, hostname } = parse(origin);
  const granted = await browser.permissions.contains({ origins: [`${protocol}//${hostname}/*`] });
  return granted ? 'granted' : 'missing';
}

/** Whether the extension may still look at a page. A page without an origin of its own goes with the one that holds it. */
export async function mayWatch(browser: Browser, url: string | undefined): Promise<boolean> {
  if (!/^https?:/.test(url ?? '')) return true;
  // A host that no match pattern can name (some addresses) is there by the manifest alone.
  return hostState(browser, url ?? '').then(
    state => state === 'granted',
    () => true,
  );
}

function parse(origin: string): URL {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new Error(`"${origin}" is no http or https origin. Open a web page and look there.`);
}

/** Puts the scripts into the open tabs of newly granted hosts: without it they would need a reload. */
export async function injectIntoOpenTabs(browser: Browser, { origins = [] }: Permissions.Permissions): Promise<void> {
  if (!origins.length) return;
  for (const { id } of await browser.tabs.query({ url: origins })) {
    if (id === undefined) continue;
    for (const { file, world } of HOOK_SCRIPTS) {
      // A tab may close or show an error page at any moment; the next load of it has the registered scripts.
      await browser.scripting
        .executeScript({ target: { tabId: id, allFrames: true }, files: [file], injectImmediately: true, world })
        .catch(() => undefined);
    }
  }
}
