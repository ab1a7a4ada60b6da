import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { cached, type SchemaStore } from '../../../src/validation/cache.ts';
import { createIdbStore } from '../../../src/validation/idb-store.ts';
import { withCauses, type ReadAnswer } from '../../../src/validation/read.ts';
import { inOrder } from '../../../src/validation/repositories.ts';
import type { Repository, SchemaAnswer } from '../../../src/validation/types.ts';

const found = (uri: string): SchemaAnswer => ({ found: true, schema: { $id: uri, title: 'a' }, repository: 'r' });
const GONE: SchemaAnswer = { found: false, reason: 'not-found', message: 'no' };
const DOWN: SchemaAnswer = { found: false, reason: 'unavailable', message: 'down' };

function counting(answer: (uri: string) => SchemaAnswer) {
  const asked: string[] = [];
  const repository: Repository = { name: 'r', read: async uri => (asked.push(uri), answer(uri)) };
  return { asked, repository };
}

describe('schemas kept in IndexedDB', () => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });

  it('are read once, over panels', async () => {
    const { asked, repository } = counting(found);
    for (let panel = 0; panel < 3; panel++) {
      const answer = await cached(repository, createIdbStore()).read('/a/1.0.0');
      expect(answer).toEqual({ found: true, schema: { $id: '/a/1.0.0', title: 'a' }, repository: 'r' });
    }
    expect(asked).toEqual(['/a/1.0.0']);
  });

  it('are kept by repository', async () => {
    const one = counting(found);
    const other = counting(() => GONE);
    const store = createIdbStore();
    await cached(one.repository, store).read('/a/1.0.0');
    expect(await cached({ ...other.repository, name: 'other' }, store).read('/a/1.0.0')).toEqual(GONE);
  });

  it('are not kept where they move: latest and current', async () => {
    const { asked, repository } = counting(() => found('/a/1.0.0'));
    const one = cached(repository, createIdbStore());
    for (const uri of ['/a/latest', '/a/current', '/a/latest']) await one.read(uri);
    expect(asked).toHaveLength(3);
  });

  it.each([GONE, DOWN])('are not kept where there are none: %j', async failure => {
    let answer: SchemaAnswer = failure;
    const { repository } = counting(() => answer);
    const one = cached(repository, createIdbStore());
    expect(await one.read('/a/1.0.0')).toEqual(failure);
    answer = found('/a/1.0.0');
    expect(await one.read('/a/1.0.0')).toEqual(answer);
  });

  it('are not kept under another’s URI', async () => {
    const { asked, repository } = counting(() => found('/b/1.0.0'));
    const one = cached(repository, createIdbStore());
    await one.read('/a/1.0.0');
    await one.read('/a/1.0.0');
    expect(asked).toHaveLength(2);
  });

  it('can be cleared', async () => {
    const { asked, repository } = counting(found);
    const store = createIdbStore();
    await cached(repository, store).read('/a/1.0.0');
    await store.clear();
    await cached(repository, store).read('/a/1.0.0');
    expect(asked).toHaveLength(2);
  });

  it('are only slower to come where the database does not work', async () => {
    const broken: SchemaStore = {
      get: () => Promise.reject(new Error('QuotaExceededError')),
      put: () => Promise.reject(new Error('QuotaExceededError')),
    };
    const { repository } = counting(found);
    expect(await cached(repository, broken).read('/a/1.0.0')).toEqual(found('/a/1.0.0'));
  });
});

describe('failures', () => {
  it('do not outlive their cause', async () => {
    let now = 0;
    let answer: SchemaAnswer = DOWN;
    const { repository } = counting(() => answer);
    const one = inOrder([repository], () => now);
    expect(await one.read('/a/1.0.0')).toEqual(DOWN);
    answer = found('/a/1.0.0');
    now += 3_001;
    expect(await one.read('/a/1.0.0')).toEqual(answer);
  });
});

describe('why nothing was reached', () => {
  const NETWORK: ReadAnswer = { ok: false, status: null, reason: 'network' };
  const AROUND = { isOnline: () => true, mayRead: async () => true, answers: async () => true };
  const reason = async (answer: ReadAnswer, around: Partial<typeof AROUND>) => {
    const given = await withCauses(async () => answer, { ...AROUND, ...around })('https://r.example/a', 1);
    return given.ok ? 'ok' : given.reason;
  };

  it('is told apart', async () => {
    expect(await reason(NETWORK, { isOnline: () => false })).toBe('offline');
    expect(await reason(NETWORK, {})).toBe('network');
    expect(await reason(NETWORK, { mayRead: async () => false })).toBe('cors');
    expect(await reason(NETWORK, { mayRead: async () => false, answers: async () => false })).toBe('permission');
    expect(await reason(NETWORK, { mayRead: () => Promise.reject(new Error('x')) })).toBe('network');
    expect(await reason({ ok: false, status: 404, reason: 'status' }, { isOnline: () => false })).toBe('status');
    expect(await reason({ ok: true, status: 200, text: '' }, {})).toBe('ok');
  });
});
