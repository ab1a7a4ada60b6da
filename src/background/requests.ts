/** Answers the questions of the extension's own pages. */

import type { Browser, Runtime } from 'webextension-polyfill';
import type { RequestName, Requests } from '../wire/protocol.ts';
import { isOurPage } from './senders.ts';

/** What browsers accept; the polyfill's types leave out "not mine", which is `undefined`. */
type Listener = (...args: Parameters<Runtime.OnMessageListenerCallback>) => true | undefined;

export type Answers = { [K in RequestName]: (ask: Requests[K]['ask']) => Promise<Requests[K]['answer']> };

/**
 * @returns a listener for `runtime.onMessage`. It answers by callback: every browser has that, while a returned
 *   promise is read as an answer by some only.
 */
export function createRequestListener(browser: Browser, answers: Answers): Listener {
  return (message, sender, respond) => {
    const name = requestName(message, answers);
    if (!name) return undefined;
    if (!isOurPage(browser, sender)) {
      respond({ error: `Only a page of this extension may ask for "${name}".` });
      return true;
    }
    const answer = answers[name] as (ask: unknown) => Promise<unknown>;
    answer(message).then(respond, (error: unknown) => respond({ error: text(error) }));
    return true;
  };
}

function requestName(message: unknown, answers: Answers): RequestName | null {
  if (typeof message !== 'object' || message === null || !('request' in message)) return null;
  const { request } = message;
  return typeof request === 'string' && Object.hasOwn(answers, request) ? (request as RequestName) : null;
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));
