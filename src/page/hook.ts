/** The hook: composes capture, overrides and the channel, in the page's own world, before any page code. */

import { startCapture } from '../capture/capture.ts';
import { apply, parse, slice } from '../capture/natives.ts';
import { rulesFromPage } from '../overrides/from-page.ts';
import { createPolicy } from '../overrides/policy.ts';
import { readRules } from '../overrides/rules.ts';
import { downName, HANDOVER, type Order, upName, writeBatch } from '../wire/channel.ts';

const { addEventListener, removeEventListener, dispatchEvent } = EventTarget.prototype;
const { postMessage } = MessagePort.prototype;
const NativeCustomEvent = CustomEvent;
const NativeEvent = Event;

const randomName = (): string => {
  const numbers = crypto.getRandomValues(new Uint32Array(4));
  return `${numbers[0]}.${numbers[1]}.${numbers[2]}.${numbers[3]}`;
};

/** Starts the hook in this document. Does nothing, and leaves nothing, where no relay takes its channel. */
export function startHook(): void {
  const began = performance.now();
  const name = randomName();
  const { port1: port, port2 } = new MessageChannel();
  let leaving = false;

  const { policy, set } = createPolicy();
  const fromPage = rulesFromPage(window);
  let rulesBy: 'header' | 'request' | 'parent' | 'none' = fromPage.by;
  set(fromPage.rules);

  const onRequestRules = (event: Event): void => {
    const rules = readText((event as CustomEvent<string>).detail);
    if (!rules) return;
    set(rules);
    rulesBy = 'request';
  };
  apply(addEventListener, window, [downName(name), onRequestRules, true]);

  const handover = new MessageEvent(HANDOVER, { cancelable: true, data: name, ports: [port2] });
  if (apply(dispatchEvent, window, [handover])) {
    apply(removeEventListener, window, [downName(name), onRequestRules, true]);
    return;
  }

  const send = (text: string): void => {
    if (leaving) apply(dispatchEvent, window, [new NativeCustomEvent(upName(name), { detail: text })]);
    else apply(postMessage, port, [text]);
  };
  const capture = startCapture(policy, (from, lines, lost) => send(writeBatch(from, lines, lost)));

  const leave = (event: Event): void => {
    // a page script's own `pagehide`, made to flush the queue, does not leave the page
    if (!event.isTrusted) return;
    leaving = true;
    capture.page({ what: 'hide', url: location.href });
    capture.recorder.leaving(true);
  };
  const returned = (event: Event): void => {
    if (!event.isTrusted || !leaving) return;
    leaving = false;
    capture.recorder.leaving(false);
    capture.page({ what: 'show', url: location.href, persisted: true });
  };
  apply(addEventListener, window, ['pagehide', leave, true]);
  apply(addEventListener, window, ['pageshow', returned, true]);

  const obey = (order: Order): void => {
    switch (order) {
      case 'listen':
      case 'replay':
        capture.listen(true);
        break;
      case 'stop':
        capture.listen(false);
        break;
      case 'flush':
        // The clients' own way to empty their queues: EventLogging modules/ext.eventLogging/BackgroundQueue.js
        apply(dispatchEvent, window, [new NativeEvent('pagehide')]);
        apply(dispatchEvent, window, [new NativeEvent('pageshow')]);
        break;
      case 'detach':
        capture.listen(false);
        capture.detach();
        apply(removeEventListener, window, ['pagehide', leave, true]);
        apply(removeEventListener, window, ['pageshow', returned, true]);
        break;
      default:
        set(readText(slice(order, 6)));
    }
  };
  port.onmessage = ({ data }: MessageEvent<Order>) => obey(data);

  capture.page({ what: 'begin', url: location.href, cost: performance.now() - began, rulesBy });
}

function readText(json: string) {
  try {
    return readRules(parse(json));
  } catch {
    return null;
  }
}
