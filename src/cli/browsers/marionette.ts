import { connect, type Socket } from 'node:net';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * A client of Firefox's own remote protocol: `<length>:[0, id, command, parameters]` and `<length>:[1, id, error, result]`.
 * @see https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
 */
export class Marionette {
  #socket: Socket;
  #waiting = new Map<number, Waiting>();
  #unread = Buffer.alloc(0);
  #last = 0;
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', data => this.#read(data));
    this.closed = new Promise(resolve => {
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
    });
    void this.closed.then(() => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox closed the connection'));
      this.#waiting.clear();
    });
  }

  static connect(port: number): Promise<Marionette> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Marionette(socket));
      });
    });
  }

  /** @throws the browser's error as `<error>: <message>`. */
  send(command: string, parameters: object = {}): Promise<unknown> {
    const id = ++this.#last;
    const text = JSON.stringify([0, id, command, parameters]);
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('Firefox is closed'));
      this.#waiting.set(id, { resolve, reject });
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(data: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, data]);
    for (;;) {
      const colon = this.#unread.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#unread.subarray(0, colon));
      if (this.#unread.length < end) return;
      this.#answer(JSON.parse(this.#unread.subarray(colon + 1, end).toString()));
      this.#unread = this.#unread.subarray(end);
    }
  }

  /** The greeting, an object, answers nothing. */
  #answer(message: unknown): void {
    if (!Array.isArray(message)) return;
    const [, id, error, result] = message as [1, number, { error: string; message: string } | null, unknown];
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`${error.error}: ${error.message}`));
    else waiting?.resolve(result);
  }
}
