/**
 * What takes a MetricsClient's events: the library's DefaultEventSubmitter, which sends what it has gathered as one array
 * (mediawiki-libs-metrics-platform js/src/DefaultEventSubmitter.js), or one of the page's own. EventLogging's is not
 * looked at: it asks `mw.eventLog.enqueue`.
 */

import { type Batch, current, send } from './calls.ts';
import { apply, holderOf, isObject, now, own, put, quietly, remember, remembered } from './natives.ts';
import { onUndo, replace, wrap } from './wrap.ts';

interface Queue {
  submitter: object;
  /** The newest first. */
  calls: Batch | null;
  count: number;
  /** When it sends at the latest, milliseconds since the epoch. */
  due: number;
  next: Queue | null;
}

/** Seconds from the first event to the request, in milliseconds. */
const LINGER = 5_000;

const queuesOf = new WeakMap<object, Queue>();
let queues: Queue | null = null;

function queueOf(submitter: object): Queue {
  const known = remembered(queuesOf, submitter);
  if (known) return known;
  const queue: Queue = { submitter, calls: null, count: 0, due: 0, next: queues };
  queues = queue;
  remember(queuesOf, submitter, queue);
  onUndo(() => dropForced(queue));
  return queue;
}

/** What was forced and waits when the extension goes does not leave the page. */
function dropForced(queue: Queue): void {
  const events = own(queue.submitter, 'events');
  const rest: unknown[] = [];
  let batch = takeBatch(queue);
  let isForced = false;
  for (let i = 0, length = 0; batch; batch = batch.next, i++) {
    if (batch.call.forced) isForced = true;
    else put(rest, length++, own(events, i));
  }
  if (isForced) put(queue.submitter, 'events', rest);
}

/** The calls whose events are about to be sent, in their order; null where not all are known. */
function takeBatch(queue: Queue): Batch | null {
  let batch: Batch | null = null;
  for (let at = queue.calls; at; at = at.next) batch = { call: at.call, next: batch };
  const isWhole = queue.count === own(own(queue.submitter, 'events'), 'length');
  queue.calls = null;
  queue.count = 0;
  return isWhole ? batch : null;
}

export function watchSubmitter(submitter: unknown): void {
  if (!isObject(submitter) || own(submitter, 'eventGateUri') !== undefined) return;
  const holder = holderOf(submitter, 'submitEvent');
  const gathers = isObject(own(holder, 'doSubmitEvents'));
  wrap(holder, 'submitEvent', (_, self) => {
    const call = current;
    if (!call) return;
    call.accepted = true;
    if (!gathers) return;
    const queue = queueOf(self as object);
    if (!own(self, 'delayedSubmitTimeoutID')) queue.due = now() + LINGER;
    call.fact['queuedUntil'] = queue.due;
    queue.calls = { call, next: queue.calls };
    queue.count++;
  });
  replace(
    holder,
    'doSubmitEvents',
    original =>
      function doSubmitEvents(this: unknown, ...args) {
        const batch = quietly(() => takeBatch(queueOf(this as object)));
        return send(batch ?? null, () => apply(original, this, args));
      },
  );
}

/** Has all of them send what they have gathered, as they do where the page is hidden. */
export function flushSubmitters(): void {
  for (let at = queues; at; at = at.next) {
    const { submitter, count } = at;
    if (count) quietly(() => (submitter as { doSubmitEvents(): void }).doSubmitEvents());
  }
}
