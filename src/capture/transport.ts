/** What leaves the page for an intake: `sendBeacon`, `fetch` and XHR, wrapped for intake URLs and transparent for all others. */

import { sender, sent } from './calls.ts';
import { answerAccepted, apply, getter, matches, nothing, own, remember, remembered, quietly } from './natives.ts';
import type { Policy } from './policy.ts';
import { snapshot } from './text.ts';
import { type AnyFunction, replace, wrap } from './wrap.ts';

/** Intake paths, whatever the host: wikis have intakes of their own (operations-mediawiki-config wmf-config). */
const INTAKE = /^(?:[a-z]+:)?(?:\/\/[^/?#]*)?(?:\/(?:evt|ins)-[^/?#]*)?\/(?:v[12]\/events(?:[?#]|$)|beacon\/event\?)/i;
const MAX_URL = 8_192;

const hrefOf = getter(URL.prototype, 'href');

/** The URL of an intake as text, where telling runs no page code (a string, or a genuine URL); else undefined. */
function intakeUrl(url: unknown): string | undefined {
  const text = typeof url === 'string' ? url : quietly(() => hrefOf(url) as string);
  return text !== undefined && text.length <= MAX_URL && matches(INTAKE, text) ? text : undefined;
}

export function watchTransport(policy: Policy): void {
  /** Replaces one way to send. `held` is what the page gets for an event that stays here: as if it had been sent. */
  const watch = (
    holder: unknown,
    key: string,
    via: string,
    urlOf: (self: unknown, args: unknown[]) => unknown,
    bodyOf: (args: unknown[]) => unknown,
    held: () => unknown,
  ): void =>
    replace(
      holder,
      key,
      original =>
        function send(this: unknown, ...args: unknown[]) {
          const url = quietly(() => intakeUrl(urlOf(this, args)));
          if (url === undefined) return apply(original, this, args);
          const note = (outcome: string) =>
            quietly(() => {
              const body = bodyOf(args);
              sent(via, url, typeof body === 'string' ? snapshot(body) : undefined, outcome);
            });
          if (quietly(() => policy.deliver(sender()?.forced ?? false)) === 'hold') {
            note('held');
            return held();
          }
          let outcome = 'threw';
          try {
            const result = apply(original, this, args);
            outcome = result === false ? 'refused' : 'sent';
            return result;
          } finally {
            note(outcome);
          }
        } as AnyFunction,
    );

  watch(
    Navigator.prototype,
    'sendBeacon',
    'beacon',
    (_, args) => args[0],
    args => args[1],
    () => true,
  );
  watch(
    globalThis,
    'fetch',
    'fetch',
    (_, args) => (own(args[1], 'method') === 'POST' ? args[0] : undefined),
    args => own(args[1], 'body'),
    answerAccepted,
  );
  const opened = new WeakMap<object, unknown>();
  const { prototype } = XMLHttpRequest;
  wrap(prototype, 'open', (args, self) => remember(opened, self as object, args[0] === 'POST' ? args[1] : undefined));
  watch(
    prototype,
    'send',
    'xhr',
    self => remembered(opened, self),
    args => args[0],
    nothing,
  );
}
