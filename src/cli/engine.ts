/** The validation engine for commands: the panel's own, in a worker thread. */

import { Worker } from 'node:worker_threads';
import { createWorkerEngine, type WorkerLike } from '../validation/engine-worker.ts';
import type { Answer } from '../validation/serve.ts';
import type { Engine, ParseSchema } from '../validation/types.ts';

function spawn(): WorkerLike {
  const thread = new Worker(new URL('./validation-worker.ts', import.meta.url));
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    postMessage: ask => thread.postMessage(ask),
    terminate: () => void thread.terminate(),
  };
  thread.on('message', (data: Answer) => worker.onmessage?.({ data } as MessageEvent<Answer>));
  thread.on('error', error => worker.onerror?.({ message: error.message } as ErrorEvent));
  return worker;
}

export const startEngine = (): Engine & { parse: ParseSchema } => createWorkerEngine(spawn);
