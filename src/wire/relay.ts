/**
 * The relay, one a frame, in the extension's isolated world: takes facts from the hook and keeps them until the log
 * has them, over any number of stopped backgrounds. It owns nothing else.
 */

import type { Unforced } from '../record/facts.ts';
import { askName, downName, HANDOVER, type Order, readBatch, upName } from './channel.ts';
import { type Chunk, Outbox } from './outbox.ts';
import { type FromRelay, RELAY_PORT, type ToRelay } from './protocol.ts';

/** The part of `runtime.Port` that a relay uses. */
export interface RelayPort {
  postMessage(message: FromRelay): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

export interface RelayBrowser {
  /** Opens a port of this name to the background; throws when the extension was updated or disabled. */
  connect(name: string): RelayPort;
  /** Calls `wake` when the background asks for a connection. */
  onWake(wake: () => void): void;
  /** Whether the extension is still there: Chromium leaves its scripts in open pages, Firefox takes them out. */
  isThere(): boolean;
  /** Puts facts where the background finds them at its next start, whatever becomes of this page. */
  leaveBehind(message: FromRelay & { type: 'facts' }): void;
  /** Why no rule reaches this document, as far as another of our scripts has found. */
  unforced(): Unforced | undefined;
}

const RETRY_MS = 250;

/** Starts the relay of this frame. Answers how rules that were read by a request reach the hook, synchronously. */
export function startRelay(browser: RelayBrowser, load: string): { rules(json: string): void } {
  const outbox = new Outbox();
  let port: RelayPort | null = null;
  let toHook: MessagePort | null = null;
  let name = '';
  let listening = false;
  /** What the background has said on this connection: whether somebody listens. Null: nothing yet. */
  let told: boolean | null = null;
  /** Whether what comes is recorded. */
  let recorded = false;
  /** The background has stopped and not spoken since: this page may be gone before it is up again. */
  let unheard = false;
  let early: Order | null = null;
  /** The number after the highest that has come from the hook. */
  let next = 1;
  /** Facts have been sent on this connection, and no acknowledgement has come since. */
  let underWay = false;
  let isLeaving = false;

  const tell = (message: FromRelay) => port?.postMessage(message);
  const order = (text: Order) => toHook?.postMessage(text);

  const messageOf = (chunk: Chunk) => {
    const unforced = browser.unforced();
    return { type: 'facts', load, url: location.href, ...(unforced && { unforced }), ...chunk } as const;
  };

  /**
   * A hidden page hands on each fact by itself: what comes while others are under way goes with the next message, once
   * those are acknowledged. One message a fact takes longer to arrive than there is between two facts.
   */
  function send(): void {
    if (!port || !told || (underWay && document.hidden && !isLeaving)) return;
    for (const chunk of outbox.take()) {
      port.postMessage(messageOf(chunk));
      underWay = true;
    }
  }

  /** What is acknowledged later all the same comes twice: the log knows it by its numbers. */
  function leaveBehind(chunks: Chunk[]): void {
    if (recorded && unheard) for (const chunk of chunks) browser.leaveBehind(messageOf(chunk));
  }

  function receive(message: unknown): void {
    const batch = readBatch(message);
    if (!batch) return;
    if (batch.from - batch.lost > next) {
      // A page that is being left takes what is still in the port with it: the hook hands on again, synchronously.
      give('replay');
      return;
    }
    next = Math.max(next, batch.from + batch.facts.length);
    outbox.add(batch);
    leaveBehind([{ facts: batch.facts }]);
    if (!port) connect();
    send();
  }

  function listen(on: boolean): void {
    told = on;
    unheard = underWay = false;
    if (on === listening) {
      if (on) outbox.resend();
      send();
      return;
    }
    listening = on;
    outbox.clear();
    order(on ? 'listen' : 'stop');
  }

  function obey(message: ToRelay): void {
    if (message.type === 'listen') {
      ({ recorded } = message);
      listen(message.on);
    } else if (message.type === 'ack') {
      if (message.load !== load) return;
      outbox.acknowledge(message.seq);
      underWay = false;
      send();
    } else if (message.type === 'rules') order(`rules ${JSON.stringify(message.rules)}`);
    else if (message.type === 'detach') detach();
    else order(message.type);
  }

  /** The extension, or its permission, is gone: the hook puts the page's originals back. */
  function detach(): void {
    order('detach');
    listening = recorded = false;
    outbox.clear();
  }

  function connect(): void {
    if (port) return;
    try {
      const opened = browser.connect(RELAY_PORT);
      port = opened;
      told = null;
      underWay = false;
      opened.onMessage.addListener(message => {
        if (port === opened) obey(message as ToRelay);
      });
      opened.onDisconnect.addListener(() => {
        if (port !== opened) return;
        port = null;
        told = null;
        unheard = true;
        outbox.resend();
        leaveBehind(outbox.take());
        // The background was stopped. While nobody listens it may stay so.
        if (listening) setTimeout(connect, RETRY_MS);
      });
      opened.postMessage({ type: 'hello', load, url: location.href });
    } catch {
      port = null;
      detach();
    }
  }

  const handover = (event: Event) => {
    if (!(event instanceof MessageEvent) || !event.ports[0] || typeof event.data !== 'string') return;
    window.removeEventListener(HANDOVER, handover, true);
    event.preventDefault();
    event.stopImmediatePropagation();
    const [handed] = event.ports;
    toHook = handed;
    name = event.data;
    handed.onmessage = ({ data }) => receive(data);
    window.addEventListener(
      askName(name),
      ask => {
        if (browser.isThere()) ask.preventDefault();
      },
      true,
    );
    window.addEventListener(upName(name), up => receive((up as CustomEvent<unknown>).detail), true);
    if (early !== null) give(early);
    // In a task of its own: opening a port takes longer than all that the hook does at document_start.
    setTimeout(connect);
  };

  function give(text: Order): void {
    window.dispatchEvent(new CustomEvent(downName(name), { detail: text }));
  }

  /**
   * The page is being left: what there is goes out now, and unasked where the background has not said yet whether
   * somebody listens. On a connection of its own: of the old one nothing tells whether it still lives (Chromium closes
   * it without a word where the next page comes from the back/forward cache).
   */
  function leave(event: Event): void {
    if (!event.isTrusted || told === false || !toHook) return;
    isLeaving = true;
    port?.disconnect();
    port = null;
    connect();
    told = true;
    if (listening) {
      outbox.resend();
      send();
    } else {
      listening = true;
      give('listen');
    }
  }

  window.addEventListener(HANDOVER, handover, true);
  // Not in the capture phase: the hook has to know first that the page is being left.
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', event => {
    if (!event.isTrusted) return;
    isLeaving = false;
    if (!event.persisted) return;
    // Chromium closes a port when its page enters the back/forward cache, and does not always say so.
    port?.disconnect();
    port = null;
    connect();
  });
  // Chromium: a prerendered page has been shown. It has the top frame's id now, which only a new connection tells.
  document.addEventListener('prerenderingchange', event => {
    if (!event.isTrusted) return;
    port?.disconnect();
    port = null;
    connect();
    if (listening) tell({ type: 'facts', load, url: location.href, facts: [] });
  });
  browser.onWake(connect);

  return {
    rules(json) {
      const text: Order = `rules ${json}`;
      if (toHook) give(text);
      else early = text;
    },
  };
}
