import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorkerEngine, type WorkerLike } from '../../../src/validation/engine-worker.ts';
import { type Answer, type Ask, serve } from '../../../src/validation/serve.ts';
import type { Engine } from '../../../src/validation/types.ts';

/** A worker in the same thread: what it is asked goes to `behave`, which may answer. */
class FakeWorker implements WorkerLike {
  readonly asked: Ask[] = [];
  terminated = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;

  constructor(readonly behave: (ask: Ask, worker: FakeWorker) => void) {}

  postMessage(ask: Ask): void {
    this.asked.push(ask);
    queueMicrotask(() => this.behave(ask, this));
  }

  answer(answer: Answer): void {
    this.onmessage?.({ data: answer } as MessageEvent<Answer>);
  }

  die(message: string): void {
    this.onerror?.({ message } as ErrorEvent);
  }

  terminate(): void {
    this.terminated = true;
  }
}

const VALID = { ok: true, valid: true, errors: [], omitted: 0 } as const;

/** Starts workers of these behaviours in turn, the last one for ever. */
function workers(...behaviours: FakeWorker['behave'][]) {
  const started: FakeWorker[] = [];
  const engine = createWorkerEngine(() => {
    const behave = behaviours[Math.min(started.length, behaviours.length - 1)] ?? (() => undefined);
    const worker = new FakeWorker(behave);
    started.push(worker);
    return worker;
  });
  return { started, engine };
}

const healthy: FakeWorker['behave'] = (ask, worker) => {
  if (ask.op === 'compile') worker.answer({ id: ask.id, answer: { ok: true } });
  else if (ask.op === 'judge') worker.answer({ id: ask.id, answer: VALID });
  else worker.answer({ id: ask.id, parsed: ask.text });
};
const hangsOn =
  (text: string): FakeWorker['behave'] =>
  (ask, worker) => {
    // One that hangs answers nothing behind it either.
    const at = worker.asked.findIndex(other => other.text === text);
    if (at === -1 || worker.asked.indexOf(ask) < at) healthy(ask, worker);
  };

describe('the engine over a worker', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('passes questions and answers on', async () => {
    const { started, engine } = workers(healthy);
    expect(await engine.compile('/a', '{}')).toEqual({ ok: true });
    expect(await engine.judge('/a', '{}')).toEqual(VALID);
    expect(await engine.parse('{"title":"a"}')).toEqual({ title: 'a' });
    expect(started).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('replaces a worker that hangs: its question meets the limit, the others are asked again', async () => {
    const { started, engine } = workers(hangsOn('evil'), healthy);
    await engine.compile('/a', '{}');
    const before = engine.judge('/a', 'good');
    const evil = engine.judge('/a', 'evil');
    const after = [engine.judge('/a', 'good'), engine.judge('/a', 'good')];
    await vi.advanceTimersByTimeAsync(1_900);
    expect(await before).toEqual(VALID);
    expect(await evil).toMatchObject({ ok: false, reason: 'limit', message: expect.stringContaining('stopped') });
    expect(await Promise.all(after)).toEqual([VALID, VALID]);
    expect(started.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops a text that keeps the parser busy', async () => {
    const { engine } = workers(hangsOn('evil'), healthy);
    await engine.compile('/a', '{}');
    const evil = engine.parse('evil').catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(1_900);
    expect(await evil).toMatch(/stopped/);
    expect(await engine.parse('{}')).toEqual({});
  });

  it('is patient with one that starts, and with one that starts again after a limit', async () => {
    const late = (milliseconds: number, answer: (ask: Ask) => Answer): FakeWorker['behave'] => {
      return (ask, worker) => void setTimeout(() => worker.answer(answer(ask)), milliseconds);
    };
    const slow = workers(late(15_000, ask => ({ id: ask.id, answer: { ok: true } })));
    const first = slow.engine.compile('/a', '{}');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await first).toEqual({ ok: true });
    expect(slow.started).toHaveLength(1);

    let behind = 0;
    const limited = workers((ask, worker) => {
      if (ask.text === 'evil') worker.answer({ id: ask.id, answer: { ok: false, reason: 'limit', message: 'x' } });
      else if (ask.text === 'next') setTimeout(() => healthy(ask, worker), ++behind * 3_000);
      else healthy(ask, worker);
    });
    expect(await limited.engine.judge('/a', 'evil')).toMatchObject({ ok: false });
    const next = limited.engine.judge('/a', 'next');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await next).toEqual(VALID);
    expect(limited.started).toHaveLength(1);
  });

  it('rejects where a worker cannot start, and tries again with the next question', async () => {
    const { started, engine } = workers((_, worker) => worker.die('script blocked'), healthy);
    const failures = [engine.compile('/a', '{}'), engine.judge('/a', '{}')].map(call =>
      call.catch((error: Error) => error.message),
    );
    expect(await Promise.all(failures)).toEqual([
      expect.stringContaining('could not start: script blocked'),
      expect.stringContaining('could not start: script blocked'),
    ]);
    expect(await engine.compile('/a', '{}')).toEqual({ ok: true });
    expect(started).toHaveLength(2);
  });

  it('rejects where a worker never answers', async () => {
    const { engine } = workers(() => undefined);
    const failure = engine.compile('/a', '{}').catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(20_200);
    expect(await failure).toMatch(/could not start/);
  });

  it('passes on what the worker could not do', async () => {
    const { engine } = workers((ask, worker) => worker.answer({ id: ask.id, error: 'WebAssembly is blocked' }));
    await expect(engine.judge('/a', '{}')).rejects.toThrow('WebAssembly is blocked');
    await expect(engine.parse('x')).rejects.toThrow('WebAssembly is blocked');
  });

  it('ends', async () => {
    const { started, engine } = workers(() => undefined);
    const waiting = engine.compile('/a', '{}').catch((error: Error) => error.message);
    engine.close();
    expect(await waiting).toMatch(/closed/);
    await expect(engine.judge('/a', '{}')).rejects.toThrow('closed');
    expect(started.map(({ terminated }) => terminated)).toEqual([true]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the worker’s side', () => {
  it('answers in order, whatever takes long', async () => {
    let listener: (event: MessageEvent<Ask>) => void = () => undefined;
    const answers: Answer[] = [];
    const turns: (() => void)[] = [];
    const engine: Engine = {
      compile: () => new Promise(resolve => turns.push(() => resolve({ ok: true }))),
      judge: () => Promise.reject(new Error('broken')),
      close: () => undefined,
    };
    serve(
      {
        addEventListener: (_, given) => {
          listener = given;
        },
        postMessage: answer => void answers.push(answer),
      },
      engine,
    );
    const asks: Ask[] = [
      { id: 1, op: 'compile', uri: '/a', text: '{}' },
      { id: 2, op: 'parse', text: 'title: a' },
      { id: 3, op: 'judge', uri: '/a', text: '{}' },
      { id: 4, op: 'parse', text: '- 1' },
    ];
    for (const data of asks) listener({ data } as MessageEvent<Ask>);
    await vi.waitFor(() => expect(turns).toHaveLength(1));
    expect(answers).toEqual([]);
    turns[0]?.();
    await vi.waitFor(() => expect(answers).toHaveLength(4));
    expect(answers).toEqual([
      { id: 1, answer: { ok: true } },
      { id: 2, parsed: '{"title":"a"}' },
      { id: 3, error: 'broken' },
      { id: 4, error: expect.stringContaining('not an object') },
    ]);
  });
});
