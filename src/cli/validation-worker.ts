/** The engine in a thread of its own, as the panel has it in a worker. */

import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { parentPort } from 'node:worker_threads';
import { createQuickJsEngine } from '../validation/engine-quickjs.ts';
import { bundleGuest } from '../validation/guest-plugin.ts';
import { serve, type Answer, type Ask } from '../validation/serve.ts';

const port = parentPort;
if (!port) throw new Error('This runs in a worker thread only.');

const engine = createQuickJsEngine({ guest: await bundleGuest(), variant });
serve(
  {
    addEventListener: (_type, listener) => port.on('message', (data: Ask) => listener({ data } as MessageEvent<Ask>)),
    postMessage: (answer: Answer) => port.postMessage(answer),
  },
  engine,
);
