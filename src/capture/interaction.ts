/** The user's last interaction with the page: which element and when, never what was typed or is written there. */

import { apply, getter, now, quietly, slice, uncurry } from './natives.ts';

/**
 * What a user does to an element, as the browser tells it before the page. Not `submit`, which follows one of these, and
 * which the page can make the browser send as a trusted one (`requestSubmit`).
 */
const TYPES = ['pointerdown', 'click', 'auxclick', 'keydown', 'input', 'change'];
/** What is older did not lead to the call. */
const LATEST_MS = 10_000;
const LONGEST_NAME = 60;
const CLASSES = 3;
/** What a user means to hit: rather the button than the icon in it. */
const CONTROLS = 'a,button,input,select,textarea,summary,label,[role]';

const { addEventListener } = EventTarget.prototype;
const composedPath = uncurry(Event.prototype.composedPath);
const { prototype: element } = Element;
const localName = getter(element, 'localName') as (self: unknown) => string;
const idOf = getter(element, 'id') as (self: unknown) => string;
const classesOf = getter(element, 'classList');
const closest = uncurry(element.closest as (selectors: string) => Element | null);
export const attribute = uncurry(element.getAttribute);
const item = uncurry(DOMTokenList.prototype.item);

let last: { type: string; target: unknown; at: number; text?: string } | undefined;

/** Begins to look on. `composedPath` and not `target`, which does not tell what is inside an open shadow tree. */
export function watchInteractions(): void {
  const watch = (type: string | undefined) => {
    const look = (event: Event) => {
      if (event.isTrusted) last = { type: type as string, target: composedPath(event)[0], at: now() };
    };
    apply(addEventListener, window, [type, look, { capture: true, passive: true }]);
  };
  for (let i = 0; i < TYPES.length; i += 1) watch(TYPES[i]);
}

function textOf(target: unknown): string {
  const control = closest(target, CONTROLS) ?? target;
  const bounded = (mark: string, name: string | null) => (name ? mark + slice(name, 0, LONGEST_NAME) : '');
  let text = localName(control) + bounded('#', idOf(control));
  const classes = classesOf(control);
  for (let i = 0; i < CLASSES; i += 1) text += bounded('.', item(classes, i));
  const role = bounded('', attribute(control, 'role'));
  return role ? `${text}[role=${role}]` : text;
}

/** Such as `click on button#save.primary, 130 ms before`; undefined where there was none in the last 10 s. */
export function lastInteraction(): string | undefined {
  if (!last) return undefined;
  const ago = now() - last.at;
  if (ago > LATEST_MS) return undefined;
  const { type, target } = last;
  last.text ??= quietly(() => textOf(target)) ?? 'document';
  return `${type} on ${last.text}, ${ago} ms before`;
}
