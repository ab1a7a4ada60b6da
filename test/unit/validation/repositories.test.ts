import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttpRepositories } from '../../../src/validation/http-repository.ts';
import type { Read, ReadAnswer } from '../../../src/validation/read.ts';
import { inOrder } from '../../../src/validation/repositories.ts';
import { parseSchema } from '../../../src/validation/schema-text.ts';
import type { Repository, SchemaAnswer } from '../../../src/validation/types.ts';

const parse = async (text: string) => parseSchema(text);
const MISSING: ReadAnswer = { ok: false, status: 404, reason: 'status' };
const page = (text: string): ReadAnswer => ({ ok: true, status: 200, text });

/** A reader over a table of URLs, which notes what it was asked. */
function table(pages: { [url: string]: ReadAnswer }) {
  const asked: string[] = [];
  const read: Read = async url => {
    asked.push(url);
    return pages[url] ?? MISSING;
  };
  return { asked, read };
}

function only(base: string, read: Read): Repository {
  const [repository] = createHttpRepositories([base], { read, parse });
  if (!repository) throw new Error('no repository');
  return repository;
}

describe('a repository behind HTTP', () => {
  it('reads <base>/<title>/<version>, with one slash between them', async () => {
    const { asked, read } = table({ 'https://r.example/j/a/1.0.0': page('title: a') });
    for (const base of ['https://r.example/j', 'https://r.example/j/', 'https://r.example/j//']) {
      expect(await only(base, read).read('/a/1.0.0')).toEqual({
        found: true,
        schema: { title: 'a' },
        repository: base,
      });
    }
    expect(new Set(asked)).toEqual(new Set(['https://r.example/j/a/1.0.0']));
  });

  it('then .yaml and .json, and begins with what it found', async () => {
    const { asked, read } = table({
      'https://r.example/a/1.0.0.json': page('{"title":"a"}'),
      'https://r.example/b/1.0.0.json': page('{"title":"b"}'),
    });
    const repository = only('https://r.example', read);
    expect(await repository.read('/a/1.0.0')).toMatchObject({ found: true, schema: { title: 'a' } });
    expect(await repository.read('/b/1.0.0')).toMatchObject({ found: true, schema: { title: 'b' } });
    expect(asked.map(url => url.slice('https://r.example'.length))).toEqual([
      '/a/1.0.0',
      '/a/1.0.0.yaml',
      '/a/1.0.0.json',
      '/b/1.0.0.json',
    ]);
  });

  it.each<[ReadAnswer, string, RegExp]>([
    [MISSING, 'not-found', /not there \(404\)/],
    [{ ok: false, status: 503, reason: 'status' }, 'unavailable', /answered 503/],
    [{ ok: false, status: null, reason: 'network' }, 'unavailable', /may read from https:\/\/r\.example/],
    [{ ok: false, status: null, reason: 'offline' }, 'unavailable', /is offline/],
    [{ ok: false, status: null, reason: 'cors' }, 'unavailable', /CORS/],
    [{ ok: false, status: null, reason: 'permission' }, 'unavailable', /may not read from https:\/\/r\.example yet/],
    [{ ok: false, status: null, reason: 'timeout' }, 'unavailable', /within 5 s/],
    [{ ok: false, status: 302, reason: 'redirect' }, 'unavailable', /redirects/],
    [{ ok: false, status: 200, reason: 'too-large' }, 'too-large', /1 MB/],
    [page(`{"description":"${'x'.repeat(5 << 20)}"}`), 'too-large', /1 MB/],
    [page('<html>'), 'not-yaml', /neither YAML nor JSON/],
  ])('says why not: %#', async (answer, reason, message) => {
    const failure = await only('https://r.example', async () => answer).read('/a/1.0.0');
    expect(failure).toMatchObject({ found: false, reason, message: expect.stringMatching(message) });
  });

  it('asks nothing for what is no schema uri', async () => {
    const { asked, read } = table({});
    for (const uri of ['/../../admin?x', '//evil', '/a/../b/1.0.0', '/a/1.0.0?x', 'https://evil.example/a/1.0.0']) {
      expect(await only('https://r.example', read).read(uri)).toMatchObject({ found: false, reason: 'refused' });
    }
    expect(asked).toEqual([]);
  });

  it('refuses bases that are not http', () => {
    for (const base of ['file:///etc', 'javascript:1', 'not a url']) {
      expect(() => createHttpRepositories([base], { read: async () => MISSING, parse })).toThrow(TypeError);
    }
  });

  it('reads 4 at a time, over all repositories', async () => {
    let running = 0;
    let most = 0;
    const turns: (() => void)[] = [];
    const read: Read = async () => {
      most = Math.max(most, ++running);
      await new Promise<void>(turn => turns.push(turn));
      running--;
      return page('title: a');
    };
    const repositories = createHttpRepositories(['https://a.example', 'https://b.example'], { read, parse });
    const answers = Promise.all(
      repositories.flatMap(repository => Array.from({ length: 10 }, (_, i) => repository.read(`/a/1.0.${i}`))),
    );
    for (let done = 0; done < 20; done++) await vi.waitFor(() => (turns.shift() ?? expect.fail('none waits'))());
    expect((await answers).every(({ found }) => found)).toBe(true);
    expect(most).toBe(4);
  });

  describe('with time', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('gives up after 5 s, and the places of those that hang are free again', async () => {
      const read: Read = url =>
        url.includes('/slow/') ? new Promise(() => undefined) : Promise.resolve(page('title: a'));
      const repository = only('https://r.example', read);
      const slow = Array.from({ length: 4 }, (_, i) => repository.read(`/slow/1.0.${i}`));
      const next = repository.read('/a/1.0.0');
      await vi.advanceTimersByTimeAsync(5_000);
      for (const answer of slow) expect(await answer).toMatchObject({ found: false, reason: 'unavailable' });
      expect(await next).toMatchObject({ found: true });
    });
  });

  it('takes a reader that throws for a network that fails', async () => {
    const read: Read = () => Promise.reject(new Error('gone'));
    expect(await only('https://r.example', read).read('/a/1.0.0')).toMatchObject({ reason: 'unavailable' });
  });
});

describe('repositories in order', () => {
  const found = (name: string): SchemaAnswer => ({ found: true, schema: { title: name }, repository: name });
  const notFound: SchemaAnswer = { found: false, reason: 'not-found', message: 'no' };
  const unavailable: SchemaAnswer = { found: false, reason: 'unavailable', message: 'offline' };

  /** A repository that gives these answers in turn, the last one for ever. */
  function scripted(name: string, ...answers: SchemaAnswer[]) {
    const asked: string[] = [];
    const repository: Repository = {
      name,
      async read(uri) {
        asked.push(uri);
        return answers[Math.min(asked.length, answers.length) - 1] ?? notFound;
      },
    };
    return { asked, repository };
  }

  it('take the first that has it', async () => {
    const [a, b, c] = [scripted('a', notFound), scripted('b', found('b')), scripted('c', found('c'))];
    const all = inOrder([a.repository, b.repository, c.repository]);
    expect(await all.read('/x/1.0.0')).toEqual(found('b'));
    expect(c.asked).toEqual([]);
  });

  it('find it behind one that fails, and do not call missing what could not be asked for', async () => {
    const down = scripted('down', unavailable);
    expect(await inOrder([down.repository, scripted('b', found('b')).repository]).read('/x/1.0.0')).toEqual(found('b'));
    expect(await inOrder([down.repository, scripted('b', notFound).repository]).read('/x/1.0.0')).toEqual(unavailable);
    expect(await inOrder([scripted('a', notFound).repository]).read('/x/1.0.0')).toMatchObject({
      found: false,
      reason: 'not-found',
      message: expect.stringContaining('/x/1.0.0'),
    });
    expect(await inOrder([]).read('/x/1.0.0')).toMatchObject({ reason: 'not-found' });
  });

  it('keep a version for good, what moves for a minute, a failure for no longer than a burst', async () => {
    let now = 0;
    const { asked, repository } = scripted('a', found('a'));
    const all = inOrder([repository], () => now);
    await Promise.all([all.read('/x/1.0.0'), all.read('/x/1.0.0')]);
    await all.read('/x/latest');
    now = 59_000;
    await all.read('/x/latest');
    expect(asked).toEqual(['/x/1.0.0', '/x/latest']);
    now = 1e9;
    await all.read('/x/1.0.0');
    await all.read('/x/latest');
    expect(asked).toEqual(['/x/1.0.0', '/x/latest', '/x/latest']);

    const healing = scripted('b', unavailable, notFound, found('b'));
    const later = inOrder([healing.repository], () => now);
    expect(await later.read('/x/1.0.0')).toEqual(unavailable);
    expect(await later.read('/x/1.0.0')).toEqual(unavailable);
    expect(healing.asked).toHaveLength(1);
    now += 3_000;
    expect(await later.read('/x/1.0.0')).toMatchObject({ reason: 'not-found' });
    now += 3_000;
    expect(await later.read('/x/1.0.0')).toEqual(found('b'));
  });

  it('remember 200 at most', async () => {
    const { asked, repository } = scripted('a', found('a'));
    const all = inOrder([repository]);
    for (let i = 0; i < 201; i++) await all.read(`/x/1.0.${i}`);
    await all.read('/x/1.0.200');
    expect(asked).toHaveLength(201);
    await all.read('/x/1.0.0');
    expect(asked).toHaveLength(202);
  });

  it('do not remember a repository that throws', async () => {
    let calls = 0;
    const broken: Repository = {
      name: 'broken',
      read: async () => {
        if (++calls === 1) throw new Error('broken');
        return found('broken');
      },
    };
    const all = inOrder([broken]);
    await expect(all.read('/x/1.0.0')).rejects.toThrow('broken');
    expect(await all.read('/x/1.0.0')).toEqual(found('broken'));
  });
});
