/** The worker's side: an engine and the parser behind messages, answered in the order in which they came. */

import { parseSchema } from './schema-text.ts';
import type { Compiled, Engine, Judged } from './types.ts';

export type Ask = { id: number } & (
  | { op: 'compile'; uri: string; text: string }
  | { op: 'judge'; uri: string; text: string }
  | { op: 'parse'; text: string }
);

/** `parsed` is JSON text: a tree that is too deep to be cloned must not get lost on the way. */
export type Answer = { id: number } & ({ answer: Compiled | Judged } | { parsed: string } | { error: string });

/** The worker's own scope, as far as it is needed. */
interface Scope {
  addEventListener(type: 'message', listener: (event: MessageEvent<Ask>) => void): void;
  postMessage(message: Answer): void;
}

async function answer(engine: Engine, ask: Ask): Promise<Answer> {
  try {
    switch (ask.op) {
      case 'compile':
        return { id: ask.id, answer: await engine.compile(ask.uri, ask.text) };
      case 'judge':
        return { id: ask.id, answer: await engine.judge(ask.uri, ask.text) };
      case 'parse':
        return { id: ask.id, parsed: JSON.stringify(parseSchema(ask.text)) };
    }
  } catch (error) {
    return { id: ask.id, error: error instanceof Error ? error.message : String(error) };
  }
}

export function serve(scope: Scope, engine: Engine): void {
  let last = Promise.resolve();
  scope.addEventListener('message', ({ data }) => {
    last = last.then(async () => scope.postMessage(await answer(engine, data)));
  });
}
