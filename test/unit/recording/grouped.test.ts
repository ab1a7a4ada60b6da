import { describe, expect, it } from 'vitest';
import { grouped } from '../../../src/recording/grouped.ts';
import type { Chunk } from '../../../src/recording/types.ts';

const chunk = (tab: number): Chunk => ({ kind: 'notes', tab, notes: [] });
const tabOf = (one: Chunk) => ('tab' in one ? one.tab : null);

function setUp() {
  const writes: { id: string; tabs: (number | null)[]; end: (error?: Error) => void }[] = [];
  const add = grouped(
    (id, chunks) =>
      new Promise((resolve, reject) => {
        writes.push({ id, tabs: chunks.map(tabOf), end: error => (error ? reject(error) : resolve()) });
      }),
  );
  const told: string[] = [];
  const put = (id: string, tab: number) =>
    void add(id, chunk(tab)).then(
      () => told.push(`${tab} written`),
      () => told.push(`${tab} lost`),
    );
  const tick = () => new Promise(resolve => setTimeout(resolve));
  return { writes, told, put, tick, seen: () => writes.map(({ id, tabs }) => [id, ...tabs]) };
}

describe('chunks that come while others are written', () => {
  it('are written together after them, in order', async () => {
    const { writes, told, put, tick, seen } = setUp();
    for (const tab of [1, 2, 3]) put('a', tab);
    expect(seen()).toEqual([['a', 1]]);
    writes[0]?.end();
    await tick();
    put('a', 4);
    expect(seen()).toEqual([
      ['a', 1],
      ['a', 2, 3],
    ]);
    expect(told).toEqual(['1 written']);
    writes[1]?.end();
    await tick();
    expect(told).toEqual(['1 written', '2 written', '3 written']);
    expect(seen()[2]).toEqual(['a', 4]);
  });

  it('do not wait for those of another recording, nor fail with those before them', async () => {
    const { writes, told, put, tick, seen } = setUp();
    put('a', 1);
    put('b', 2);
    put('a', 3);
    expect(seen()).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    writes[0]?.end(new Error('no room'));
    await tick();
    writes[2]?.end();
    await tick();
    expect(told).toEqual(['1 lost', '3 written']);
  });

  it('are written at once where nothing is under way', async () => {
    const { writes, put, tick, seen } = setUp();
    put('a', 1);
    writes[0]?.end();
    await tick();
    put('a', 2);
    expect(seen()).toEqual([
      ['a', 1],
      ['a', 2],
    ]);
  });
});
