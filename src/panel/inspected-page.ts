import browser from 'webextension-polyfill';

/**
 * Tells the origin of the inspected page: now, after each navigation, and whenever the panel is looked at again (a
 * permission may have been given meanwhile, and Firefox tells that to no panel). Null where it has none of its own.
 */
export function followPage(visit: (origin: string | null) => void): void {
  const { inspectedWindow, network } = browser.devtools ?? {};
  if (!inspectedWindow) return;
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
