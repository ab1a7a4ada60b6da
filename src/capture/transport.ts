/** What leaves the page for an intake: `sendBeacon`, `fetch` and XHR, wrapped for intake URLs and transparent for all others. */

import type { SendFact } from '../record/facts.ts';
import type { Environment } from './environment.ts';
import { answerAccepted, apply, matches, now, own, remember, remembered } from './natives.ts';
import { snapshot } from './text.ts';

/** Intake paths, whatever the host: wikis have intakes of their own (operations-mediawiki-config wmf-config). */
const INTAKE = /^(?:[a-z]+:)?(?:\/\/[^/?#]*)?(?:\/(?:evt|ins)-[^/?#]*)?\/(?:v[12]\/events(?:[?#]|$)|beacon\/event\?)/i;
const MAX_URL = 8_192;

export const isIntake = (url: string): boolean => url.length <= MAX_URL && matches(INTAKE, url);

const hrefOf = Object.getOwnPropertyDescriptor(URL.prototype, 'href')?.get;

/** A URL as text, where that runs no page code: a string, or a genuine URL. */
function asText(url: unknown): string | undefined {
  if (typeof url === 'string') return url;
  try {
    return apply(hrefOf as () => string, url, []) as string;
  } catch {
    return undefined;
  }
}

type Request = { via: SendFact['via']; url: string; body: unknown };

export function watchTransport({ calls, wraps, policy }: Environment): void {
  const note = ({ via, url, body }: Request, outcome: SendFact['outcome']): void => {
    const text = typeof body === 'string' ? body : undefined;
    const shown = text === undefined ? undefined : snapshot(text);
    calls.sent({ at: now(), via, url, body: shown, truncated: shown?.truncated || undefined, outcome });
  };
  /** Whether the request stays in the page. A fault of ours lets it go, as without us. */
  const holds = (request: Request): boolean => {
    try {
      if (policy.deliver(calls.sender()?.forced ?? false) === 'send') return false;
      note(request, 'held');
      return true;
    } catch {
      return false;
    }
  };
  const quietly = (request: Request, outcome: SendFact['outcome']): void => {
    try {
      note(request, outcome);
    } catch {
      // the request is the page's business, the note ours
    }
  };
  const requestOf = (via: SendFact['via'], url: unknown, body: unknown): Request | undefined => {
    const text = asText(url);
    return text !== undefined && isIntake(text) ? { via, url: text, body } : undefined;
  };

  wraps.replace(
    Navigator.prototype,
    'sendBeacon',
    original =>
      function sendBeacon(this: unknown, ...args) {
        const request = requestOf('beacon', args[0], args[1]);
        if (!request) return apply(original, this, args);
        if (holds(request)) return true;
        let result: unknown;
        try {
          result = apply(original, this, args);
        } catch (error) {
          quietly(request, 'threw');
          throw error;
        }
        quietly(request, result === false ? 'refused' : 'sent');
        return result;
      },
  );

  wraps.replace(
    globalThis,
    'fetch',
    original =>
      function fetch(this: unknown, ...args) {
        const request =
          own(args[1], 'method') === 'POST' ? requestOf('fetch', args[0], own(args[1], 'body')) : undefined;
        if (!request) return apply(original, this, args);
        if (holds(request)) return answerAccepted();
        const result = apply(original, this, args);
        quietly(request, 'sent');
        return result;
      },
  );

  const opened = new WeakMap<object, string>();
  wraps.wrap(XMLHttpRequest.prototype, 'open', {
    before(self, args) {
      const url = asText(args[1]);
      if (url !== undefined && args[0] === 'POST' && isIntake(url)) remember(opened, self as object, url);
    },
  });
  wraps.replace(
    XMLHttpRequest.prototype,
    'send',
    original =>
      function send(this: unknown, ...args) {
        const request = requestOf('xhr', remembered(opened, this), args[0]);
        if (!request) return apply(original, this, args);
        if (holds(request)) return undefined;
        const result = apply(original, this, args);
        quietly(request, 'sent');
        return result;
      },
  );
}
