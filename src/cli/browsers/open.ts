import { openChromium } from './chromium.ts';
import { findBrowser } from './find.ts';
import { openFirefox } from './firefox.ts';
import type { Browser, OpenOptions } from './types.ts';

/**
 * Starts a browser with a fresh profile and the unpacked extension, where one is given; the caller closes it.
 * @throws where there is no such browser, it does not start, or it refuses the extension
 */
export async function openBrowser(options: OpenOptions): Promise<Browser> {
  const program = options.executable ?? findBrowser(options.browser);
  if (!program) throw new Error(`No ${options.browser} was found on the PATH`);
  return options.browser === 'chromium' ? openChromium(options, program) : openFirefox(options, program);
}
