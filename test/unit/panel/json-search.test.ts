import { expect, it } from 'vitest';
import { pathsWith, placesOf } from '../../../src/panel/shared/json-search.ts';

const EVENT = { action: 'click', performer: { Session_id: 'abc', groups: ['user', 'SYSOP'] }, count: 12, none: null };

it('finds names and values, whatever their case, top to bottom', () => {
  expect(pathsWith(EVENT, 'session')).toEqual(['/performer/Session_id']);
  expect(pathsWith(EVENT, 'sysop')).toEqual(['/performer/groups/1']);
  expect(pathsWith(EVENT, '12')).toEqual(['/count']);
  expect(pathsWith(EVENT, 'c')).toEqual(['/action', '/performer/Session_id', '/count']);
  expect(pathsWith(EVENT, 'null')).toEqual(['/none']);
  expect(pathsWith(EVENT, '')).toEqual([]);
  // A place in a list is no name.
  expect(pathsWith({ a: ['x'] }, '0')).toEqual([]);
});

it('finds places in a text, and none in one that lower case makes longer', () => {
  expect(placesOf('aXaxA', 'xa')).toEqual([1, 3]);
  expect(placesOf('aaa', 'aa')).toEqual([0]);
  expect(placesOf('İİ', 'i')).toEqual([]);
});

it('has an end in what is large', () => {
  expect(
    pathsWith(
      Array.from({ length: 300_000 }, () => 'x'),
      'x',
    ),
  ).toHaveLength(1_000);
});
