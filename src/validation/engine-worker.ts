/** The engine over a worker: whatever a schema does, the panel goes on, and a worker that hangs is replaced. */

import type { JsonObject } from '../record/record.ts';
import type { Answer, Ask } from './serve.ts';
import type { Compiled, Engine, Judged, ParseSchema } from './types.ts';

/** What is needed of a `Worker`. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: Ask): void;
  terminate(): void;
}

/**
 * Milliseconds without an answer. The engine inside has its own, shorter deadlines; these are for what they do not
 * reach. A worker starts first, and so does the engine after a limit.
 */
const PATIENCE = { starting: 20_000, restarting: 5_000, running: 1_700 };
/** Asked first of each worker: no schema has this uri, so that any answer means that it started. */
const PROBE: Ask = { id: 0, op: 'judge', uri: '', text: 'null' };
/** A panel that was busy finds the timer and the answers due together: the answers go first. */
const GRACE = 100;

interface Open {
  ask: Ask;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

const LIMIT: { ok: false; reason: 'limit'; message: string } = {
  ok: false,
  reason: 'limit',
  message: `It kept the validator busy for more than ${PATIENCE.running / 1_000} s and was stopped`,
};

/**
 * Makes an engine of workers that `serve`. Starts one at once. Where a worker hangs or dies, the oldest open question is
 * its cause and gets the answer `limit`; the others are asked again of a new worker. Where a worker cannot start, all
 * open questions reject, and the next one tries again.
 */
export function createWorkerEngine(spawn: () => WorkerLike): Engine & { parse: ParseSchema } {
  const open = new Map<number, Open>();
  let worker: WorkerLike | null = null;
  let closed = false;
  /** Whether this worker has ever answered. */
  let alive = false;
  let patience = PATIENCE.starting;
  let nextId = 1;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function watch(): void {
    clearTimeout(timer);
    if (open.size === 0) return;
    timer = setTimeout(() => {
      timer = setTimeout(() => fail('it did not answer'), GRACE);
    }, patience);
  }

  function stop(): void {
    clearTimeout(timer);
    worker?.terminate();
    worker = null;
  }

  function start(): WorkerLike {
    const started = spawn();
    worker = started;
    alive = false;
    patience = PATIENCE.starting;
    started.onmessage = ({ data }) => {
      if (started === worker) receive(data);
    };
    started.onerror = ({ message }) => {
      if (started === worker) fail(message || 'its script could not be loaded');
    };
    started.postMessage(PROBE);
    return started;
  }

  function receive(answer: Answer): void {
    const question = open.get(answer.id);
    open.delete(answer.id);
    alive = true;
    const limit = 'answer' in answer && !answer.answer.ok && answer.answer.reason === 'limit';
    patience = limit ? PATIENCE.restarting : PATIENCE.running;
    watch();
    question?.resolve(answer);
  }

  function fail(why: string): void {
    stop();
    const [culprit] = open.values();
    if (!alive) {
      const waiting = [...open.values()];
      open.clear();
      for (const { reject } of waiting) reject(new Error(`The validator could not start: ${why}. Reopen the panel`));
    } else if (culprit) {
      open.delete(culprit.ask.id);
      culprit.resolve({ id: culprit.ask.id, answer: LIMIT });
      const fresh = start();
      for (const { ask } of open.values()) fresh.postMessage(ask);
      watch();
    }
  }

  function ask(question: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (closed) {
        reject(new Error('The validator was closed'));
        return;
      }
      open.set(question.id, { ask: question, resolve, reject });
      (worker ?? start()).postMessage(question);
      if (open.size === 1) watch();
    });
  }

  async function call<Result extends Compiled | Judged>(op: 'compile' | 'judge', uri: string, text: string) {
    const answer = await ask({ id: nextId++, op, uri, text });
    if ('answer' in answer) return answer.answer as Result;
    throw new Error('error' in answer ? answer.error : 'The validator gave no answer');
  }

  start();
  return {
    compile: (uri, schema) => call<Compiled>('compile', uri, schema),
    judge: (uri, event) => call<Judged>('judge', uri, event),
    async parse(text): Promise<JsonObject> {
      const answer = await ask({ id: nextId++, op: 'parse', text });
      if ('parsed' in answer) return JSON.parse(answer.parsed);
      throw new Error('error' in answer ? answer.error : LIMIT.message);
    },
    close() {
      closed = true;
      stop();
      for (const { reject } of open.values()) reject(new Error('The validator was closed'));
      open.clear();
    },
  };
}
