import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupsOf,
  readMpo,
  readMpoInPage,
  readMpoOnServer,
  writeMpo,
} from '../../../src/platform/overrides-parameter.ts';

const told = (reading: ReturnType<typeof readMpoInPage>) =>
  'groups' in reading ? Object.fromEntries(reading.groups) : reading.malformed;

describe('what page and server make of mpo', () => {
  it.each<[string | null, unknown, unknown]>([
    [null, {}, {}],
    ['', {}, {}],
    ['a:x', { a: 'x' }, { a: 'x' }],
    ['a:x;b:y', { a: 'x', b: 'y' }, { a: 'x', b: 'y' }],
    ['a:x;a:y', { a: 'y' }, { a: 'y' }],
    ['a:x;', { a: 'x' }, 'empty-part'],
    ['a:x;;b:y', 'empty-part', 'empty-part'],
    [';', 'empty-part', 'empty-part'],
    ['a:x:y', 'second-colon', { a: 'x:y' }],
    ['a:x:y;b:z', 'second-colon', { a: 'x:y', b: 'z' }],
    ['a', 'no-colon', 'no-colon'],
    ['a:x;b', 'no-colon', 'no-colon'],
    ['a:', { a: '' }, { a: '' }],
    [':x', { '': 'x' }, { '': 'x' }],
    ['0', 'no-colon', {}],
  ])('%j', (value, page, server) => {
    expect(told(readMpoInPage(value))).toEqual(page);
    expect(told(readMpoOnServer(value))).toEqual(server);
  });

  it('of several, the page reads the first and the server the last', () => {
    const readings = readMpo('?mpo=a:x&mpo=b:y');
    expect(readings).toMatchObject({ pageValue: 'a:x', serverValue: 'b:y' });
    expect(readings.differences).toEqual([
      { experiment: 'a', kind: 'page-only' },
      { experiment: 'b', kind: 'server-only' },
    ]);
  });

  it('differ over a semicolon at the end, and over a group with a colon', () => {
    expect(readMpo('mpo=a%3Ax%3B').differences).toEqual([{ experiment: 'a', kind: 'page-only' }]);
    expect(readMpo('mpo=a:x:y').differences).toEqual([{ experiment: 'a', kind: 'server-only' }]);
    expect(readMpo('mpo=a:x&mpo=a:y').differences).toEqual([{ experiment: 'a', kind: 'groups-differ' }]);
    expect(readMpo('other=1')).toMatchObject({ pageValue: null, serverValue: null, differences: [] });
  });

  it('both read what is written', () => {
    const groups = fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 5 }).map(pairs => new Map(pairs));
    fc.assert(
      fc.property(groups, groups => {
        groups.delete('__proto__');
        const value = writeMpo(groups);
        if (value === null) {
          expect([...groups].flat().join('')).toMatch(/[;:]/);
          return;
        }
        const { page, server, differences } = readMpo(`?mpo=${encodeURIComponent(value)}`);
        expect(differences).toEqual([]);
        expect(groupsOf(page)).toEqual(groups);
        expect(groupsOf(server)).toEqual(groups);
      }),
    );
  });
});
