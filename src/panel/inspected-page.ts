import browser from 'webextension-polyfill';

/**
 * Tells the origin of the inspected page: now, after each navigation, and whenever the panel is looked at again (a
 * permission may have been given meanwhile, and Firefox tells that to no panel). Null where it has none of its own.
 */
export function followPage(tab: number, visit: (origin: string | null) => void): void {
  const { inspectedWindow, network } = browser.devtools ?? {};
  if (!inspectedWindow) return followTab(tab, visit);
  const look = async () => {
    // Firefox answers `[result, error]`; through the polyfill, Chrome answers the bare result, whatever the types say.
    const answer: unknown = await inspectedWindow.eval('location.origin').catch(() => null);
    const origin: unknown = Array.isArray(answer) ? answer[0] : answer;
    visit(typeof origin === 'string' && /^https?:\/\//.test(origin) ? origin : null);
  };
  void look();
  network?.onNavigated.addListener(() => void look());
  addEventListener('focus', () => void look());
}

/** The same for a panel that is a page: the browser tells the address only of what the extension may look at. */
function followTab(id: number, visit: (origin: string | null) => void): void {
  const look = async () => {
    const { url = '' } = await browser.tabs.get(id).catch(() => ({ url: '' }));
    visit(/^https?:\/\//.test(url) ? new URL(url).origin : null);
  };
  void look();
  browser.tabs.onUpdated.addListener((changed, { status }) => {
    if (changed === id && status !== undefined) void look();
  });
  addEventListener('focus', () => void look());
}
