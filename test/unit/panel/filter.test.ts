import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/log/query/compile.ts';
import { parseQuery } from '../../../src/log/query/parse.ts';
import { recordFields } from '../../../src/log/query/record-fields.ts';
import { createTextIndex } from '../../../src/log/query/text-index.ts';
import { createFilter } from '../../../src/panel/store/filter.ts';
import type { Record } from '../../../src/record/record.ts';
import { record, withEvent } from '../log/query/records.ts';

const QUERIES = [
  'web',
  'action:click -web_ui*',
  'web_u OR hover',
  '-action:hover "ui_a"',
  'verdict:valid web?ui',
  'WEB_UI',
];

/** As a query is written: key by key, sometimes with a key taken back. */
const written = fc
  .tuple(fc.constantFrom(...QUERIES), fc.nat(12), fc.nat(3))
  .map(([query, from, back]) => [
    ...Array.from({ length: query.length - Math.min(from, query.length - 1) }, (_, i) =>
      query.slice(0, Math.min(from, query.length - 1) + i + 1),
    ),
    ...Array.from({ length: Math.min(back, query.length) }, (_, i) => query.slice(0, query.length - 1 - i)),
  ]);

const one = fc
  .record({
    action: fc.constantFrom('click', 'hover', 'web'),
    name: fc.constantFrom('web_ui_actions', 'web', 'ui', 'we', 'other'),
    verdict: fc.constantFrom('valid' as const, 'invalid' as const),
  })
  .map(({ action, name, verdict }) =>
    withEvent({ name }, { action, stream: null, schema: null, verdict: { verdict, errors: [] } }),
  );

type Step = { do: 'ask'; texts: string[] } | { do: 'add' | 'change'; record: Record; at: number } | { do: 'work' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    written.map(texts => ({ do: 'ask' as const, texts })),
    fc.record({ do: fc.constantFrom('add' as const, 'change' as const), record: one, at: fc.nat(50) }),
    fc.constant({ do: 'work' as const }),
  ),
  { minLength: 1, maxLength: 20 },
);

function isFound(text: string, item: Record): boolean {
  const index = createTextIndex();
  index.take(0, item);
  return compile(parseQuery(text).query, recordFields(index))(item, 0);
}

describe('the filter', () => {
  it('finds what the query alone would, whatever was asked for, came and changed before', () => {
    fc.assert(
      fc.property(steps, all => {
        const records: Record[] = [record()];
        const filter = createFilter(records);
        filter.look(0);
        let asked = '';
        for (const step of all) {
          if (step.do === 'ask')
            for (const text of step.texts) {
              filter.ask((asked = text));
              // Of every other query only a few records are looked at before the next key.
              filter.step(() => text.length % 2 === 1);
            }
          else if (step.do === 'work') filter.step(() => false);
          else {
            const at = step.do === 'add' ? records.length : step.at % records.length;
            records[at] = step.record;
            filter.look(at);
          }
        }
        filter.step(() => false);
        expect(records.map((_, at) => filter.has(at))).toEqual(records.map(item => isFound(asked, item)));
        expect(filter.found).toBe(records.filter(item => isFound(asked, item)).length);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same after records are gone', () => {
    const records = ['web', 'web_ui', 'other', 'web_ui'].map(name =>
      withEvent({ name }, { stream: null, schema: null }),
    );
    const filter = createFilter(records);
    records.forEach((_, at) => filter.look(at));
    for (const text of ['w', 'we', 'web_']) {
      filter.ask(text);
      filter.step(() => false);
    }
    records.splice(0, 1);
    filter.move(Int32Array.of(-1, 0, 1, 2));
    filter.ask('web_u');
    filter.step(() => false);
    expect(records.map((_, at) => filter.has(at))).toEqual([true, false, true]);
  });
});
