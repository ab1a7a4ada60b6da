import { openChromium } from './chromium.ts';
import { openFirefox } from './firefox.ts';
import type { Browser, OpenOptions } from './types.ts';

/** Starts a browser with a fresh profile and the unpacked extension; the caller closes it. */
export function openBrowser(options: OpenOptions): Promise<Browser> {
  return options.browser === 'chromium' ? openChromium(options) : openFirefox(options);
}
