import { afterEach, expect, it, vi } from 'vitest';

const RUSSIAN: { [key: string]: string } = {
  language: 'ru',
  calls_one: '$1 вызов',
  calls_few: '$1 вызова',
  calls_many: '$1 вызовов',
  calls_other: '$1 вызова',
  pageLoads_one: '$1 загрузка',
  pageLoads_other: '$1 загрузок',
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it('has the forms of a plural that its language has, where they are translated', async () => {
  const getMessage = (key: string, subs: string[] = []) => RUSSIAN[key]?.replace('$1', subs[0] ?? '') ?? '';
  vi.stubGlobal('browser', { i18n: { getMessage } });
  const { plural } = await import('../../../src/panel/i18n.ts');
  expect([1, 2, 5, 21].map(count => plural('calls', count))).toEqual(['1 вызов', '2 вызова', '5 вызовов', '21 вызов']);
  expect([1, 2, 5].map(count => plural('pageLoads', count))).toEqual(['1 загрузка', '2 загрузок', '5 загрузок']);
});
