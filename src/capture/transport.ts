/** What leaves the page for an intake: `sendBeacon`, `fetch`, XHR and images, wrapped for intake URLs and transparent for all others. */

import { INTAKE_URL, LEGACY_INTAKE } from '../platform/intake-url.ts';
import { isForced, send, sent } from './calls.ts';
import {
  answerAccepted,
  apply,
  assign,
  bare,
  defineProperty,
  describe,
  exec,
  getter,
  nothing,
  now,
  onFulfilled,
  own,
  quietly,
  remember,
  remembered,
  upper,
} from './natives.ts';
import type { Policy } from './policy.ts';
import { add, type Draft, draft } from './recorder.ts';
import { withoutHasty } from './own-intake.ts';
import { split } from './split.ts';
import { type Raw, snapshot } from './text.ts';
import { type AnyFunction, onUndo, replace, wrap } from './wrap.ts';

const { prototype: requests } = Request;
const hrefOf = getter(URL.prototype, 'href');
const requestUrl = getter(requests, 'url');
const requestMethod = getter(requests, 'method');
const decoder = new TextDecoder();
const { decode } = decoder;
const { text: textOf } = Blob.prototype;
const { toString: queryOf } = URLSearchParams.prototype;

interface Outgoing {
  url: unknown;
  /** Undefined where the way has none of its own: it posts. */
  method?: unknown;
  body: unknown;
}

/** The URL of an intake as text, where telling runs no page code: a string, a genuine URL or Request. */
function intakeUrl({ url, method }: Outgoing): string | undefined {
  const text = (typeof url === 'string' ? url : (quietly(() => hrefOf(url)) ?? quietly(() => requestUrl(url)))) as
    string | undefined;
  if (text === undefined || !exec(INTAKE_URL, text)) return undefined;
  const isPost = method === undefined || (typeof method === 'string' && upper(method) === 'POST');
  return isPost || exec(LEGACY_INTAKE, text) ? text : undefined;
}

/** A body that can be read at once, as text. */
const bodyText = (body: unknown): Raw | undefined => {
  const text =
    typeof body === 'string'
      ? body
      : (quietly(() => apply(queryOf, body as URLSearchParams, [])) ??
        // Of no argument it makes an empty text.
        (body ? quietly(() => apply(decode, decoder, [body])) : undefined));
  return text === undefined ? undefined : snapshot(text);
};

/** Brings the text of a body that cannot be read at once, where it is a Blob: as a fact that completes the request's. */
function readLater(fact: Draft, body: unknown): void {
  const reading = apply(textOf, body as Blob, []);
  onFulfilled(reading, text => {
    const raw = snapshot(text) as Raw;
    const { via, url, outcome, seq } = fact;
    const more = { via, url, outcome, body: raw, calls: [], completes: seq, truncated: raw.truncated || undefined };
    add(assign(draft('send', now()), more));
  });
}

export function watchTransport(policy: Policy): void {
  /** Replaces one way to send. `held` is what the page gets for an event that stays here: as if it had been sent. */
  const watch = (
    holder: unknown,
    key: string,
    via: string,
    read: (args: unknown[], self: unknown) => Outgoing | undefined,
    held: () => unknown,
  ): void =>
    replace(
      holder,
      key,
      original =>
        ({
          // a method, since methods are no constructors
          send(this: unknown, ...args: unknown[]) {
            bare(args);
            const request = quietly(() => read(args, this));
            let url = request && quietly(() => intakeUrl(request));
            if (url === undefined) return apply(original, this, args);
            if (args[0] === url && quietly(() => policy.rule('hasty')))
              args[0] = url = withoutHasty(url, location.href);
            const { body } = request as Outgoing;
            const note = (outcome: string, of: unknown = body) =>
              quietly(() => {
                const text = bodyText(of);
                const fact = sent(via, url, text, outcome);
                if (!text && of) readLater(fact, of);
              });
            const pass = (outcome: string, of?: unknown): unknown => {
              let ended = 'threw';
              try {
                const result = apply(original, this, args);
                ended = result === false ? 'refused' : outcome;
                return result;
              } finally {
                note(ended, of);
              }
            };
            const decision = quietly(() => policy.deliver(isForced()));
            if (decision === 'redirect' && !exec(LEGACY_INTAKE, url)) return pass('redirected');
            if (decision !== 'hold' && decision !== 'redirect') return pass('sent');
            // Of an array that only `sendBeacon` is given, the events that are not forced go on.
            const parts = via === 'beacon' && policy.deliver(false) === 'send' ? quietly(() => split(body)) : null;
            if (!parts) {
              note('held');
              return held();
            }
            const { forced, others } = parts;
            send(forced.calls, () => note('held', forced.body));
            args[1] = others.body;
            return send(others.calls, () => pass('sent', others.body));
          },
        }).send as AnyFunction,
    );

  watch(
    Navigator.prototype,
    'sendBeacon',
    'beacon',
    args => ({ url: args[0], method: undefined, body: args[1] }),
    () => true,
  );
  watch(
    globalThis,
    'fetch',
    'fetch',
    args => {
      const request = args[0];
      const init = args[1];
      const method =
        own(init, 'method') ?? (typeof request === 'string' ? 'GET' : quietly(() => requestMethod(request)));
      return { url: request, method: method ?? 'GET', body: own(init, 'body') };
    },
    answerAccepted,
  );
  const opened = new WeakMap<object, Outgoing>();
  const { prototype } = XMLHttpRequest;
  wrap(prototype, 'open', (args, self) =>
    remember(opened, self as object, { method: args[0], url: args[1], body: undefined }),
  );
  watch(
    prototype,
    'send',
    'xhr',
    (args, self) => ({ ...(remembered(opened, self) as Outgoing), body: args[0] }),
    nothing,
  );

  const { prototype: image } = HTMLImageElement;
  const src = describe(image, 'src') as PropertyDescriptor;
  const ours = assign({}, src);
  watch(ours, 'set', 'image', args => ({ url: args[0], method: 'GET', body: undefined }), nothing);
  defineProperty(image, 'src', ours);
  onUndo(() => {
    if (describe(image, 'src')?.set === ours.set) defineProperty(image, 'src', src);
  });
}
