import { describe, expect, it } from 'vitest';
import { counted, httpSource, parseBase, unasked } from '../../../src/panel/repositories.ts';

describe('a base as it was typed', () => {
  it.each([
    [' https://a.example/schemas \n', 'https://a.example/schemas/'],
    ['http://localhost:8080/x/', 'http://localhost:8080/x/'],
  ])('%j is %s', (typed, base) => {
    expect(parseBase(typed)).toBe(base);
  });

  it.each(['', 'nonsense', 'file:///etc', 'https://user@a.example/', 'https://a.example/?q', 'https://a.example/#h'])(
    '%j is none',
    typed => {
      expect(parseBase(typed)).toBeNull();
    },
  );
});

it("keeps the schemas of Wikimedia's repositories, and of others where that is asked for", () => {
  expect(httpSource('https://schema.wikimedia.org/repositories/primary/jsonschema/').kept).toBe(true);
  expect(httpSource('http://localhost:8080/').kept).toBe(false);
});

it('counts how a repository answers, and keeps the last problem until it answers again', () => {
  const start = unasked(httpSource('https://a.example/'));
  const gone = counted(start, { found: false, reason: 'not-found', message: 'not there' });
  expect(gone).toEqual({ ...start, missing: 1 });
  const broken = counted(gone, {
    found: false,
    reason: 'unavailable',
    message: 'answered 503',
    remedy: { do: 'try-again' },
  });
  expect(broken).toEqual({ ...start, missing: 1, problem: { message: 'answered 503', remedy: { do: 'try-again' } } });
  const schema = {};
  expect(counted(broken, { found: true, schema, repository: 'a' })).toEqual({ ...start, found: 1, missing: 1 });
});
