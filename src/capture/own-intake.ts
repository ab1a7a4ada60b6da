/** An intake of the user's own is asked to validate before it answers: `?hasty` is taken from its address. */

import { exec, slice } from './natives.ts';

const LOOPBACK = /^(?:https?:)?\/\/(?:localhost|127\.[\d.]+|\[::1\]|[^/?#:]+\.localhost)(?:[:/?#]|$)/i;
const HASTY = /([?&])hasty(?:=[^&#]*)?(&|(?=#)|$)/;

/**
 * The URL without `hasty`, where it leads to this machine; else the URL as it is.
 * @param page the page's own address, which a URL that is only a path goes by
 */
export function withoutHasty(url: string, page: string): string {
  const found = exec(/^\/(?!\/)/, url) ? exec(LOOPBACK, page) : exec(LOOPBACK, url);
  const hasty = found && exec(HASTY, url);
  if (!hasty) return url;
  const end = hasty.index + (hasty[0] as string).length;
  return slice(url, 0, hasty.index) + (hasty[2] ? (hasty[1] as string) : '') + slice(url, end);
}
