/** The hook: composes capture, overrides and the channel, in the page's own world, before any page code. */

import { changed, notePage, startCapture } from '../capture/capture.ts';
import { hideCookies } from '../capture/cookies.ts';
import { apply, bare, later, quietly, slice } from '../capture/natives.ts';
import { isHidden, isLeaving, leaving, listen } from '../capture/recorder.ts';
import { flushSubmitters } from '../capture/submitter.ts';
import { undo } from '../capture/wrap.ts';
import { METRIC } from '../overrides/carrier.ts';
import { createPolicy } from '../overrides/policy.ts';
import { askName, downName, HANDOVER, type Order, upName, writeBatch } from '../wire/channel.ts';
import { inheritedTiming, serverTiming } from './timing.ts';

const WATCH_MS = 500;

const { addEventListener, dispatchEvent } = EventTarget.prototype;
const { postMessage } = MessagePort.prototype;
const NativeCustomEvent = CustomEvent;
const NativeEvent = Event;

const on = (type: string, listener: (event: Event) => void) => apply(addEventListener, window, [type, listener, true]);
/** @returns whether nobody prevented it */
const dispatch = (event: Event): boolean => apply(dispatchEvent, window, [event]) as boolean;

/** Starts the hook in this document. Does nothing, and leaves nothing, where no relay takes its channel. */
export function startHook(): void {
  const began = performance.now();
  const name = crypto.getRandomValues(new Uint32Array(4)).join();
  const { port1: port, port2 } = new MessageChannel();

  const detach = (): void => {
    listen(false);
    rules.set(undefined);
    undo();
  };
  const isThere = (): boolean => {
    const answered = !dispatch(new NativeEvent(askName(name), bare({ cancelable: true })));
    if (!answered) detach();
    return answered;
  };
  const rules = createPolicy(isThere);
  const { policy } = rules;

  let isWatching = false;
  /** In Firefox nothing tells a page that the extension has gone: it is asked now and then, while rules are in force. */
  const watch = (): void => {
    isWatching = policy.isOn();
    if (isWatching) later(window, watch, WATCH_MS);
  };
  const set = (json: string | undefined): void => {
    rules.set(json);
    quietly(() => hideCookies(policy));
    if (!isWatching) watch();
  };

  const obey = (order: Order): void => {
    if (order === 'listen' || order === 'replay') {
      changed();
      listen(true);
    } else if (order === 'stop') listen(false);
    else if (order === 'flush') {
      // The clients' own way to empty their queues: EventLogging modules/ext.eventLogging/BackgroundQueue.js
      dispatch(new NativeEvent('pagehide'));
      dispatch(new NativeEvent('pageshow'));
      flushSubmitters();
    } else if (order === 'detach') detach();
    else set(slice(order, 6));
  };
  port.onmessage = ({ data }: MessageEvent<Order>) => obey(data);
  on(downName(name), ({ detail }: Event & { detail?: Order }) => obey(detail as Order));
  if (dispatch(new MessageEvent(HANDOVER, { cancelable: true, data: name, ports: [port2] }))) return;

  const header = inheritedTiming(window, METRIC);
  if (header !== undefined) set(quietly(() => decodeURIComponent(header)));
  startCapture(policy, serverTiming(window, 'WMF-Uniq') ?? '', (from, lines, lost) => {
    const text = writeBatch(from, lines, lost);
    if (isLeaving || isHidden(document)) dispatch(new NativeCustomEvent(upName(name), bare({ detail: text })));
    else apply(postMessage, port, [text]);
  });

  // A page's own `pagehide` event, made to flush the queue, does not leave the page: only trusted ones count.
  on('pagehide', ({ isTrusted }) => {
    if (!isTrusted) return;
    leaving(true);
    notePage('hide');
  });
  on('pageshow', ({ isTrusted }) => {
    if (!isTrusted || !isLeaving) return;
    rules.doubt();
    leaving(false);
    notePage('show', { persisted: true });
  });

  notePage('begin', { cost: performance.now() - began });
}
