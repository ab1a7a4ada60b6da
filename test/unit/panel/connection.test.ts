import { describe, expect, it } from 'vitest';
import { createConnection, type ConnectionState, type Port } from '../../../src/panel/connection.ts';
import type { FromPanel, ToPanel } from '../../../src/wire/protocol.ts';

function fakePort() {
  const listeners: { message: (message: unknown) => void; disconnect: () => void } = {
    message: () => undefined,
    disconnect: () => undefined,
  };
  const sent: FromPanel[] = [];
  const port: Port = {
    postMessage: message => void sent.push(message),
    onMessage: { addListener: listener => void (listeners.message = listener) },
    onDisconnect: { addListener: listener => void (listeners.disconnect = listener) },
  };
  return { port, sent, receive: (message: ToPanel) => listeners.message(message), drop: () => listeners.disconnect() };
}

function setUp(options: { alive?: () => boolean; open?: () => Port } = {}) {
  const ports: ReturnType<typeof fakePort>[] = [];
  const states: ConnectionState[] = [];
  const due: { run: () => void; milliseconds: number }[] = [];
  let time = 0;
  const connection = createConnection({
    open:
      options.open ??
      (() => {
        const port = fakePort();
        ports.push(port);
        return port.port;
      }),
    receive: message => (message.type === 'facts' ? { type: 'ack', load: message.load, seq: 7 } : null),
    onState: state => void states.push(state),
    alive: options.alive ?? (() => true),
    now: () => time,
    later: (run, milliseconds) => void due.push({ run, milliseconds }),
  });
  const last = () => {
    const port = ports.at(-1);
    if (!port) throw new Error('no port was opened');
    return port;
  };
  return { connection, ports, states, due, last, pass: (milliseconds: number) => (time += milliseconds) };
}

const FACTS: ToPanel = { type: 'facts', load: 'a', frame: 0, url: 'https://wiki.example/', facts: [] };

describe('the connection of a panel', () => {
  it('asks for what came before, once: a panel that has seen facts asks no more', () => {
    const { last, pass } = setUp();
    expect(last().sent).toEqual([{ type: 'replay' }]);
    last().receive(FACTS);
    pass(60_000);
    last().drop();
    expect(last().sent).toEqual([]);
  });

  it('acknowledges on the port on which facts came', () => {
    const { last, states } = setUp();
    last().receive(FACTS);
    expect(last().sent.at(-1)).toEqual({ type: 'ack', load: 'a', seq: 7 });
    expect(states.at(-1)).toBe('connected');
  });

  it('opens again at once where the background was stopped, and says when it is back', () => {
    const { ports, last, states, pass, due } = setUp();
    last().receive({ type: 'override', override: null });
    pass(30_000);
    last().drop();
    expect(ports).toHaveLength(2);
    expect(due).toEqual([]);
    expect(states.at(-1)).toBe('connecting');
    last().receive({ type: 'override', override: null });
    expect(states.at(-1)).toBe('connected');
  });

  it('waits longer and longer where every port is closed at once', () => {
    const { ports, last, due } = setUp();
    for (let i = 0; i < 10; i++) {
      last().drop();
      due.shift()?.run();
    }
    expect(ports).toHaveLength(11);
    last().drop();
    expect(due[0]?.milliseconds).toBe(5_000);
  });

  it('ends where the extension is gone', () => {
    let alive = true;
    const { ports, last, states } = setUp({ alive: () => alive });
    alive = false;
    last().drop();
    expect(states.at(-1)).toBe('stale');
    expect(ports).toHaveLength(1);
  });

  it('says that nothing was sent while there is no port', () => {
    const { connection } = setUp({
      open: () => {
        throw new Error('no receiving end');
      },
    });
    expect(connection.send({ type: 'flush' })).toBe(false);
  });
});
