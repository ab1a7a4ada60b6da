/** A browser without cookies, by rule: Test Kitchen reads `navigator.cookieEnabled` once, as its module runs. */

import { apply, defineProperty, describe, getter, quietly } from './natives.ts';
import type { Policy } from './policy.ts';
import { onUndo } from './wrap.ts';

const naturally = getter(Navigator.prototype, 'cookieEnabled');
const { navigator } = window;
/** What the browser itself says. */
export const cookieEnabled = (): unknown => naturally(navigator);

let isHidden = false;

/** Where a rule says so. To be called as rules come: they may come after the hook, and still before the page. */
export function hideCookies(policy: Policy): void {
  if (isHidden || !policy.rule('cookies')) return;
  isHidden = true;
  const { prototype } = Navigator;
  const key = 'cookieEnabled';
  const before = describe(prototype, key) as PropertyDescriptor;
  const { get } = {
    get(this: unknown) {
      const natural = apply(before.get as () => unknown, this, []);
      return quietly(() => policy.rule('cookies')) ? false : natural;
    },
  };
  defineProperty(prototype, key, { ...before, get });
  onUndo(() => defineProperty(prototype, key, before));
}
