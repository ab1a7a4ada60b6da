import { describe, expect, it } from 'vitest';
import { counted, parseBases } from '../../../src/panel/repositories.ts';

describe('an edited list of repositories', () => {
  it('is one base a line, each with a slash at its end, none twice', () => {
    expect(parseBases(' https://a.example/schemas \n\nhttp://localhost:8080/x/\nhttps://a.example/schemas/\n')).toEqual(
      {
        bases: ['https://a.example/schemas/', 'http://localhost:8080/x/'],
        wrong: [],
      },
    );
  });

  it.each(['nonsense', 'file:///etc', 'https://user@a.example/', 'https://a.example/?q', 'https://a.example/#h'])(
    'says what is none: %s',
    line => {
      expect(parseBases(line)).toEqual({ bases: [], wrong: [line] });
    },
  );
});

it('counts how a repository answers, and keeps the last problem until it answers again', () => {
  const start = { base: 'https://a.example/', found: 0, missing: 0, problem: null };
  const gone = counted(start, { found: false, reason: 'not-found', message: 'not there' });
  expect(gone).toEqual({ ...start, missing: 1 });
  const broken = counted(gone, { found: false, reason: 'unavailable', message: 'answered 503' });
  expect(broken).toEqual({ ...start, missing: 1, problem: 'answered 503' });
  const schema = {};
  expect(counted(broken, { found: true, schema, repository: 'a' })).toEqual({ ...start, found: 1, missing: 1 });
});
