/** The engine: the guest inside QuickJS, with an end to its time, memory and depth. Runs wherever WebAssembly does. */

import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
} from 'quickjs-emscripten-core';
import type { Compiled, Engine, Judged } from './types.ts';

export interface Limits {
  /** Milliseconds for one schema to compile. */
  compile: number;
  /** Milliseconds for one event. */
  judge: number;
  /** Bytes that the guest may use, itself included. */
  memory: number;
  /** Bytes of stack. */
  stack: number;
  /** Characters of a schema's text. */
  schema: number;
}

/** Compiling and judging together stay under 2 s. The slowest of Wikimedia's 510 schemas compiles in 40 ms. */
export const LIMITS: Limits = {
  compile: 1_300,
  judge: 500,
  memory: 128 << 20,
  stack: 512 << 10,
  schema: 2 << 20,
};

interface Guest {
  call(name: 'compile' | 'judge', milliseconds: number, uri: string, text: string): string;
}

function start(context: QuickJSContext, script: string): Guest {
  let deadline = Infinity;
  context.runtime.setInterruptHandler(() => performance.now() > deadline);

  const unwrap = (result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle => {
    if (!result.error) return result.value;
    const thrown: unknown = context.dump(result.error);
    const { message } = (thrown ?? {}) as { message?: unknown };
    throw new Error(typeof message === 'string' ? message : 'the guest failed');
  };

  unwrap(context.evalCode(script, 'guest.js')).dispose();
  const functions = {
    compile: context.getProp(context.global, 'compile'),
    judge: context.getProp(context.global, 'judge'),
  };

  return {
    call(name, milliseconds, ...texts) {
      const handles = texts.map(text => context.newString(text));
      deadline = performance.now() + milliseconds;
      const answer = unwrap(context.callFunction(functions[name], context.undefined, ...handles));
      deadline = Infinity;
      const text = context.getString(answer);
      for (const handle of [...handles, answer]) handle.dispose();
      return text;
    },
  };
}

const seconds = (milliseconds: number) => `${milliseconds / 1_000} s`;

function explain(what: string, milliseconds: number, limits: Limits, message: string): string {
  if (message === 'interrupted') return `${what} was stopped after ${seconds(milliseconds)}`;
  if (message === 'out of memory') return `${what} needed more than ${limits.memory >> 20} MB of memory`;
  // The words of QuickJS, Chromium and Firefox.
  if (/stack|recursion/i.test(message)) return `${what} nested too deeply`;
  return `${what} failed: ${message}`;
}

/**
 * Makes an engine of a guest (the text of `guest-plugin.ts`) and a QuickJS variant. It begins to start at once and
 * rejects calls only where it cannot start. After a limit the whole WebAssembly instance is thrown away, since what
 * stopped may have left it in any state; the next call gets a new one, in which nothing is compiled.
 */
export function createQuickJsEngine(options: {
  guest: string;
  variant: QuickJSSyncVariant;
  limits?: Partial<Limits>;
}): Engine {
  const limits = { ...LIMITS, ...options.limits };
  let guest: Promise<Guest> | null = null;

  async function boot(): Promise<Guest> {
    const runtime = (await newQuickJSWASMModuleFromVariant(options.variant)).newRuntime();
    runtime.setMemoryLimit(limits.memory);
    runtime.setMaxStackSize(limits.stack);
    return start(runtime.newContext(), options.guest);
  }

  function begin(): Promise<Guest> {
    const starting = boot();
    starting.catch(() => {
      if (guest === starting) guest = null;
    });
    return starting;
  }

  async function call<Answer extends Compiled | Judged>(
    name: 'compile' | 'judge',
    what: string,
    uri: string,
    text: string,
  ): Promise<Answer | { ok: false; reason: 'limit'; message: string }> {
    let waitedFor, current;
    do {
      waitedFor = guest ??= begin();
      current = await waitedFor;
      // Another call may have thrown it away while this one waited.
    } while (guest !== waitedFor);

    let cause: string;
    try {
      const answer: Answer = JSON.parse(current.call(name, limits[name], uri, text));
      if (answer.ok || answer.reason !== 'limit') return answer;
      cause = answer.message;
    } catch (error) {
      cause = error instanceof Error ? error.message : String(error);
    }
    guest = begin();
    return { ok: false, reason: 'limit', message: explain(what, limits[name], limits, cause) };
  }

  guest = begin();
  return {
    async compile(uri, schema) {
      if (schema.length > limits.schema) {
        const message = `Its ${schema.length} characters are more than the ${limits.schema} that are read`;
        return { ok: false, reason: 'limit', message };
      }
      return call<Compiled>('compile', 'Compiling it', uri, schema);
    },
    judge: (uri, event) => call<Judged>('judge', 'Validating the event', uri, event),
    close() {
      guest = Promise.reject(new Error('The validator was closed'));
      guest.catch(() => undefined);
    },
  };
}
