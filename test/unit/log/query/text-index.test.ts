import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextIndex } from '../../../../src/log/query/text-index.ts';
import { withEvent } from './records.ts';

const plain = (text: string) => ({ text, quoted: true, from: 0, to: 0 });

const found = (index: ReturnType<typeof createTextIndex>, text: string, count: number) => {
  const { has } = index.lookUp(plain(text));
  return Array.from({ length: count }, (_, at) => at).filter(has);
};

describe('the text index', () => {
  it('finds names, texts and numbers of events, whatever their case', () => {
    const index = createTextIndex();
    index.take(0, withEvent({ performer: { Name: 'Ada', edit_count: 250 } }));
    for (const text of ['ADA', 'performer.name', '25', 'edit_count']) expect(found(index, text, 1)).toEqual([0]);
    expect(found(index, 'bob', 1)).toEqual([]);
  });

  it('keeps a question up with what comes after it', () => {
    const index = createTextIndex();
    const { has } = index.lookUp(plain('late'));
    expect(has(0)).toBe(false);
    for (let at = 0; at < 2_000; at++) index.take(at, withEvent({ a: at === 1_500 ? 'too late' : `text ${at}` }));
    expect([has(1_499), has(1_500), has(5_000)]).toEqual([false, true, false]);
  });

  it('forgets what a record said before it changed', () => {
    const index = createTextIndex();
    index.take(0, withEvent('old'));
    index.take(0, withEvent('new'));
    expect([found(index, 'old', 1), found(index, 'new', 1)]).toEqual([[], [0]]);
  });

  it('finds the same after records are gone or moved', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ word: fc.constantFrom('red', 'green', 'blue'), stays: fc.boolean() }), { maxLength: 40 }),
        all => {
          const index = createTextIndex();
          all.forEach(({ word }, at) => index.take(at, withEvent({ word })));
          const { has } = index.lookUp(plain('red'));
          const kept = all.filter(({ stays }) => stays);
          let next = 0;
          index.move(Int32Array.from(all, ({ stays }) => (stays ? next++ : -1)));
          const red = kept.flatMap(({ word }, at) => (word === 'red' ? [at] : []));
          expect(found(index, 'red', all.length)).toEqual(red);
          expect(all.map((_, at) => at).filter(has)).toEqual(red);
          index.take(kept.length, withEvent({ word: 'red' }));
          expect(has(kept.length)).toBe(true);
        },
      ),
    );
  });
});
