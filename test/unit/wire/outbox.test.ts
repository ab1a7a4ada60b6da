import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Outbox } from '../../../src/wire/outbox.ts';

const batch = (from: number, facts: string[], lost = 0) => ({ from, lost, facts });
const seqs = (from: number, count: number) => Array.from({ length: count }, (_, i) => String(from + i));

describe('an outbox', () => {
  it('sends each fact once on a connection, in chunks of up to 256', () => {
    const outbox = new Outbox();
    outbox.add(batch(1, seqs(1, 200)));
    outbox.add(batch(201, seqs(201, 200)));
    expect(outbox.take().map(({ facts }) => facts.length)).toEqual([256, 144]);
    expect(outbox.take()).toEqual([]);
  });

  it('forgets what is acknowledged, and sends the rest again on the next connection, before anything new', () => {
    const outbox = new Outbox();
    outbox.add(batch(1, seqs(1, 10)));
    outbox.take();
    outbox.acknowledge(4);
    outbox.resend();
    outbox.add(batch(11, seqs(11, 1)));
    expect(outbox.take().flatMap(({ facts }) => facts)).toEqual(seqs(5, 7));
    outbox.acknowledge(11);
    expect(outbox.size).toBe(0);
  });

  it('tells what the hook has lost, until that is acknowledged, too', () => {
    const outbox = new Outbox();
    outbox.add(batch(101, seqs(101, 1), 100));
    const hole = { from: 1, to: 100, reason: 'before-devtools' };
    expect(outbox.take()).toEqual([{ facts: ['101'], hole }]);
    outbox.resend();
    expect(outbox.take()).toEqual([{ facts: ['101'], hole }]);
    outbox.acknowledge(101);
    outbox.resend();
    expect(outbox.take()).toEqual([]);
  });

  it('beyond its limit drops the oldest as a counted hole', () => {
    const outbox = new Outbox(1_000);
    for (let seq = 1; seq <= 20; seq += 1) outbox.add(batch(seq, ['x'.repeat(100)]));
    const chunks = outbox.take();
    const holes = chunks.flatMap(({ hole }) => hole ?? []);
    const kept = chunks.flatMap(({ facts }) => facts).length;
    expect(holes.every(({ reason }) => reason === 'relay-full')).toBe(true);
    expect(holes.reduce((sum, { from, to }) => sum + to - from + 1, 0) + outbox.size).toBe(20);
    expect(kept).toBeGreaterThanOrEqual(outbox.size);
  });

  it('loses nothing over any number of connections that end anywhere', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 600 }) }),
      fc.record({ kind: fc.constant('deliver' as const), chunks: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ kind: fc.constant('stop' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const outbox = new Outbox();
        const arrived = new Set<string>();
        let added = 0;
        const deliver = (chunks: readonly { facts: string[] }[]) => {
          for (const { facts } of chunks) facts.forEach(fact => arrived.add(fact));
          let seq = 0;
          while (arrived.has(String(seq + 1))) seq += 1;
          outbox.acknowledge(seq);
        };
        for (const step of steps) {
          if (step.kind === 'add') {
            for (let left = step.count; left > 0; left -= 256) {
              const count = Math.min(left, 256);
              outbox.add(batch(added + 1, seqs(added + 1, count)));
              added += count;
            }
          } else if (step.kind === 'stop') outbox.resend();
          else {
            // what was taken and not delivered is lost with its connection
            const taken = outbox.take();
            deliver(taken.slice(0, step.chunks));
            if (taken.length > step.chunks) outbox.resend();
          }
        }
        outbox.resend();
        deliver(outbox.take());
        expect(arrived.size).toBe(added);
        expect(outbox.size).toBe(0);
      }),
    );
  });
});
