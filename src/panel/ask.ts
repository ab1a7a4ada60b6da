import type { RequestName, Requests } from '../wire/protocol.ts';

/** A question to the background. Rejects with an `Error` that says what went wrong where the background answers `{error}`. */
export type Ask = <K extends RequestName>(request: K, ask: Requests[K]['ask']) => Promise<Requests[K]['answer']>;

/** `send`: `browser.runtime.sendMessage`. */
export function createAsk(send: (message: unknown) => Promise<unknown>): Ask {
  return async <K extends RequestName>(request: K, ask: Requests[K]['ask']) => {
    const answer = await send({ request, ...ask });
    if (isError(answer)) throw new Error(answer.error);
    return answer as Requests[K]['answer'];
  };
}

function isError(answer: unknown): answer is { error: string } {
  return typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'string';
}
