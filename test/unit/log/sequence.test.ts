import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSequence } from '../../../src/log/sequence.ts';

const holesOf = (sequence: ReturnType<typeof createSequence>) =>
  sequence.holes.map(({ from, to, reason }) => `${from}-${to} ${reason}`);

describe('a sequence', () => {
  it('takes each seq once', () => {
    const sequence = createSequence('load');
    expect([1, 2, 2, 1, 3].map(sequence.take)).toEqual([true, true, false, false, true]);
    expect(sequence.acknowledged()).toBe(3);
    expect(sequence.holes).toEqual([]);
  });

  it('shows what is missing, and acknowledges only what comes before it', () => {
    const sequence = createSequence('load');
    sequence.take(1);
    sequence.take(5);
    expect(sequence.holes).toEqual([{ type: 'hole', load: 'load', from: 2, to: 4, reason: 'gap' }]);
    expect(sequence.acknowledged()).toBe(1);
  });

  it('fills a hole from both ends and from the middle', () => {
    const sequence = createSequence('load');
    sequence.take(7);
    expect([3, 3, 1, 6].map(sequence.take)).toEqual([true, false, true, true]);
    expect(holesOf(sequence)).toEqual(['2-2 gap', '4-5 gap']);
    expect([2, 4, 5].map(sequence.take)).toEqual([true, true, true]);
    expect(sequence.holes).toEqual([]);
    expect(sequence.acknowledged()).toBe(7);
  });

  it('keeps the object of a hole while any of it is left', () => {
    const sequence = createSequence('load');
    sequence.take(9);
    const [hole] = sequence.holes;
    sequence.take(1);
    sequence.take(5);
    expect(sequence.holes[0]).toBe(hole);
  });

  it('acknowledges what nobody has any more', () => {
    const sequence = createSequence('load');
    sequence.declare({ from: 1, to: 40, reason: 'before-devtools' });
    sequence.take(41);
    expect(holesOf(sequence)).toEqual(['1-40 before-devtools']);
    expect(sequence.acknowledged()).toBe(41);
  });

  it('turns a gap into what it is declared to be, and keeps what has come', () => {
    const sequence = createSequence('load');
    sequence.take(1);
    sequence.take(5);
    sequence.take(10);
    sequence.declare({ from: 1, to: 7, reason: 'relay-full' });
    expect(holesOf(sequence)).toEqual(['2-4 relay-full', '6-7 relay-full', '8-9 gap']);
    expect(sequence.acknowledged()).toBe(7);
  });

  it('takes a late fact out of a declared hole too', () => {
    const sequence = createSequence('load');
    sequence.declare({ from: 1, to: 3, reason: 'before-devtools' });
    expect(sequence.take(2)).toBe(true);
    expect(holesOf(sequence)).toEqual(['1-1 before-devtools', '3-3 before-devtools']);
  });

  it('keeps an unreadable fact as a hole that is acknowledged, however often it comes', () => {
    const sequence = createSequence('load');
    sequence.take(1);
    sequence.spoil(2);
    sequence.spoil(3);
    sequence.spoil(2);
    sequence.take(4);
    sequence.spoil(4);
    expect(holesOf(sequence)).toEqual(['2-3 unreadable']);
    expect(sequence.acknowledged()).toBe(4);
  });

  it('ignores a declaration that is none', () => {
    const sequence = createSequence('load');
    for (const [from, to] of [
      [0, 3],
      [3, 2],
      [1.5, 2],
      [NaN, 3],
      [1, Infinity],
    ] as const) {
      sequence.declare({ from, to, reason: 'relay-full' });
    }
    expect(sequence.holes).toEqual([]);
    expect(sequence.highest).toBe(0);
  });

  it('behaves as a plain list of seqs would', () => {
    const seq = fc.integer({ min: 1, max: 30 });
    const step = fc.oneof(
      seq.map(at => ({ kind: 'take' as const, from: at, to: at })),
      seq.map(at => ({ kind: 'spoil' as const, from: at, to: at })),
      fc.tuple(seq, seq).map(([a, b]) => ({ kind: 'declare' as const, from: Math.min(a, b), to: Math.max(a, b) })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        const sequence = createSequence('load');
        const plain = new Map<number, string>();
        let highest = 0;
        const reach = (to: number) => {
          for (; highest < to; highest++) plain.set(highest + 1, 'gap');
        };
        for (const { kind, from, to } of steps) {
          reach(to);
          if (kind === 'take') expect(sequence.take(from)).toBe(plain.get(from) !== 'come');
          else if (kind === 'spoil') sequence.spoil(from);
          else sequence.declare({ from, to, reason: 'relay-full' });
          for (let at = from; at <= to; at++) {
            if (kind === 'take') plain.set(at, 'come');
            else if (plain.get(at) !== 'come') plain.set(at, kind === 'spoil' ? 'unreadable' : 'relay-full');
          }
          const holes = new Map<number, string>();
          for (const hole of sequence.holes) {
            for (let at = hole.from; at <= hole.to; at++) holes.set(at, hole.reason);
          }
          expect(holes).toEqual(new Map([...plain].filter(([, reason]) => reason !== 'come')));
          expect(sequence.holes).toEqual([...sequence.holes].sort((a, b) => a.from - b.from));
          const gap = [...plain].filter(([, reason]) => reason === 'gap').map(([at]) => at);
          expect(sequence.acknowledged()).toBe(gap.length > 0 ? Math.min(...gap) - 1 : highest);
        }
      }),
    );
  });
});
