/** What leaves the page for an intake: `sendBeacon`, `fetch` and XHR, wrapped for intake URLs and transparent for all others. */

import { isForced, sent } from './calls.ts';
import { answerAccepted, apply, exec, getter, nothing, own, remember, remembered, quietly } from './natives.ts';
import type { Policy } from './policy.ts';
import { snapshot } from './text.ts';
import { type AnyFunction, replace, wrap } from './wrap.ts';

/** Intake paths, whatever the host: wikis have intakes of their own (operations-mediawiki-config wmf-config). */
const INTAKE = /^(?:[a-z]+:)?(?:\/\/[^/?#]*)?(?:\/(?:evt|ins)-[^/?#]*)?\/(?:v[12]\/events(?:[?#]|$)|beacon\/event\?)/i;

const hrefOf = getter(URL.prototype, 'href');

/** The URL of an intake as text, where telling runs no page code (a string, or a genuine URL); else undefined. */
function intakeUrl(url: unknown): string | undefined {
  const text = typeof url === 'string' ? url : quietly(() => hrefOf(url) as string);
  return text !== undefined && exec(INTAKE, text) ? text : undefined;
}

interface Request {
  url: unknown;
  body: unknown;
}

export function watchTransport(policy: Policy): void {
  /** Replaces one way to send. `held` is what the page gets for an event that stays here: as if it had been sent. */
  const watch = (
    holder: unknown,
    key: string,
    via: string,
    read: (args: unknown[], self: unknown) => Request,
    held: () => unknown,
  ): void =>
    replace(
      holder,
      key,
      original =>
        function send(this: unknown, ...args: unknown[]) {
          const request = quietly(() => read(args, this));
          const url = intakeUrl(request?.url);
          if (url === undefined) return apply(original, this, args);
          const note = (outcome: string) =>
            quietly(() =>
              sent(via, url, typeof request?.body === 'string' ? snapshot(request.body) : undefined, outcome),
            );
          if (quietly(() => policy.deliver(isForced())) === 'hold') {
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
    args => ({ url: args[0], body: args[1] }),
    () => true,
  );
  const posted = (url: unknown, method: unknown) => (method === 'POST' ? url : undefined);
  watch(
    globalThis,
    'fetch',
    'fetch',
    args => ({ url: posted(args[0], own(args[1], 'method')), body: own(args[1], 'body') }),
    answerAccepted,
  );
  const opened = new WeakMap<object, unknown>();
  const { prototype } = XMLHttpRequest;
  wrap(prototype, 'open', (args, self) => remember(opened, self as object, posted(args[1], args[0])));
  watch(prototype, 'send', 'xhr', (args, self) => ({ url: remembered(opened, self), body: args[0] }), nothing);
}
