import type { FromPanel, ToPanel } from '../wire/protocol.ts';

/** `recorded`: what is shown was recorded before, and there is nothing to be connected to. `stale`: the extension was updated, reloaded or switched off; this page can never reach it again. */
export type ConnectionState = 'connecting' | 'connected' | 'recorded' | 'stale';

/** What of `browser.runtime.Port` is used. */
export interface Port {
  postMessage(message: FromPanel): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

export interface ConnectionOptions {
  /** Opens the port `panel:<tabId>`; throws once the extension's context is gone. */
  open(): Port;
  /** Takes a message; answers what is to be sent back. */
  receive(message: ToPanel): FromPanel | null;
  onState(state: ConnectionState): void;
  /** Whether the extension still exists: `browser.runtime.id` is gone after an update. */
  alive(): boolean;
  now(): number;
  later(run: () => void, milliseconds: number): void;
}

export interface Connection {
  /** False where there is no port at this moment: the message was not sent. */
  send(message: FromPanel): boolean;
}

/** A connection that ends this soon did not work: the next attempt waits. One that lasted is opened again at once. */
const SHORT = 1_000;
const LONGEST_WAIT = 5_000;

/**
 * Keeps a port to the background. Both browsers stop an idle background although a port is open; connecting again in
 * `onDisconnect` is what wakes it, and the relays then send again what nobody acknowledged.
 */
export function createConnection(options: ConnectionOptions): Connection {
  let port: Port | null = null;
  let wait = 0;
  let seen = false;

  function open(): void {
    if (!options.alive()) return options.onState('stale');
    const opened = options.now();
    let mine: Port;
    try {
      mine = options.open();
    } catch {
      return reopen(opened);
    }
    port = mine;
    mine.onMessage.addListener(message => {
      options.onState('connected');
      seen ||= (message as ToPanel).type === 'facts';
      const answer = options.receive(message as ToPanel);
      if (answer) send(answer);
    });
    mine.onDisconnect.addListener(() => {
      if (port !== mine) return;
      port = null;
      reopen(opened);
    });
    if (!seen) send({ type: 'replay' });
  }

  function reopen(opened: number): void {
    options.onState(options.alive() ? 'connecting' : 'stale');
    if (!options.alive()) return;
    wait = options.now() - opened < SHORT ? Math.min(wait * 2 || 50, LONGEST_WAIT) : 0;
    if (wait === 0) open();
    else options.later(open, wait);
  }

  function send(message: FromPanel): boolean {
    try {
      port?.postMessage(message);
      return port !== null;
    } catch {
      return false; // disconnected in this very moment: onDisconnect opens again, the relay sends again
    }
  }

  open();
  return { send };
}
