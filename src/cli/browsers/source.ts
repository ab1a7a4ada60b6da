import { setTimeout as delay } from 'node:timers/promises';
import type { Source, Surface, WaitOptions } from './types.ts';

/** The source of an expression that gives a promise of the answer as JSON text (`undefined` becomes `null`). */
export function expression<A, T>(source: Source<A, T>, arg: A | undefined): string {
  // tsx names functions by a helper which the page does not have.
  const value =
    typeof source === 'string'
      ? `(${source}\n)`
      : `(() => { const __name = f => f; return (${source.toString()})(${JSON.stringify(arg) ?? 'undefined'}); })()`;
  return `(async () => JSON.stringify(await ${value}) ?? 'null')()`;
}

/** Polls until `probe` gives something truthy. A rejected probe counts as "not yet"; its error is told at the end. */
export async function until<T>(what: string, probe: () => Promise<T>, timeout = 15_000): Promise<NonNullable<T>> {
  const end = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
      last = '';
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms in vain for ${what}${last}`);
    await delay(25);
  }
}

/** Milliseconds. In Firefox a script that was sent into a document as that went away never answers. */
const SILENT = 5_000;

function answered<T>(answer: Promise<T>): Promise<T> {
  const silence = new AbortController();
  const { signal } = silence;
  const silent = delay(SILENT, undefined, { signal }).then(
    () => Promise.reject(new Error('the document does not answer')),
    () => answer,
  );
  return Promise.race([answer, silent]).finally(() => silence.abort());
}

/** The parts of a surface that rest on `evaluate` alone. */
export function reading(evaluate: Surface['evaluate']): Pick<Surface, 'evaluate' | 'waitFor' | 'text'> {
  return {
    evaluate,
    waitFor: <T, A>(source: Source<A, T>, arg?: A, options: WaitOptions = {}) =>
      until(options.what ?? String(source), () => answered(evaluate(source, arg)), options.timeout) as Promise<T>,
    text: async (selector = 'body') => {
      const text = await evaluate(
        (wanted: string) => document.querySelector<HTMLElement>(wanted)?.innerText ?? null,
        selector,
      );
      if (text === null) throw new Error(`Nothing in the document fits ${selector}`);
      return text;
    },
  };
}
