import { describe, expect, it } from 'vitest';
import { completions } from '../../../../src/log/query/complete.ts';
import { fieldsOf, search } from '../../../../src/log/query/list.ts';

interface Thing {
  name: string;
  size: number;
  config: { sample: { unit: string } };
}

const FIELDS = fieldsOf<Thing>({
  named: { name: { of: ({ name }) => name }, size: { of: ({ size }) => size, number: true } },
  is: { large: ({ size }) => size > 10 },
  body: ({ config }) => config,
  words: ({ name }) => [name],
});
const thing = (name: string, size: number, unit: string): Thing => ({ name, size, config: { sample: { unit } } });
const THINGS = [thing('one', 1, 'session'), thing('two', 20, 'pageview'), thing('Other', 30, 'session')];
const found = (text: string) => search(THINGS, text, FIELDS).found.map(({ name }) => name);

describe('a list', () => {
  it('is searched in the same language, by its own fields, flags, paths and words', () => {
    expect(found('')).toHaveLength(3);
    expect(found('ot')).toEqual(['Other']);
    expect(found('size:>5 -name:two')).toEqual(['Other']);
    expect(found('is:large sample.unit:pageview')).toEqual(['two']);
    expect(found('one OR is:large')).toHaveLength(3);
  });

  it('tells what is wrong where it is', () => {
    expect(search(THINGS, 'size:big is:', FIELDS).faults.map(({ code, from }) => [code, from])).toEqual([
      ['not-a-number', 5],
      ['missing-value', 9],
    ]);
  });

  it('completes names, flags, paths and values from what is there', () => {
    const offers = (text: string) => completions(text, text.length, THINGS, FIELDS)?.offers.map(offer => offer.text);
    expect(offers('na')).toEqual(['name:']);
    expect(offers('is:')).toEqual(['large']);
    expect(offers('unit')).toEqual(['sample.unit:']);
    expect(offers('sample.unit:s')).toEqual(['session']);
  });
});
