import './page.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Batch, type Call, send } from '../../../src/capture/calls.ts';
import { split } from '../../../src/capture/split.ts';

const callOf = (forced: boolean, at: number): Call => ({
  fact: { seq: at + 1 },
  self: null,
  event: null,
  accepted: true,
  forced,
  outer: null,
  sends: null,
});
const batchOf = (forced: boolean[]): Batch | null =>
  forced.reduceRight<Batch | null>((next, one, at) => ({ call: callOf(one, at), next }), null);
const seqs = (batch: Batch | null): unknown[] => (batch ? [batch.call.fact['seq'], ...seqs(batch.next)] : []);

const parts = (body: unknown, forced: boolean[]) => {
  const found = send(batchOf(forced), () => split(body));
  const told = (part: NonNullable<typeof found>['forced']) => [part.body, ...seqs(part.calls)];
  return found && { forced: told(found.forced), others: told(found.others) };
};

describe('a body with events of both kinds', () => {
  it('is told apart, each event as it stood, in its order', () => {
    expect(parts('[{"a":1},{"b":[1,{"c":"],["}]},{"d":"\\""}]', [false, true, false])).toEqual({
      forced: ['[{"b":[1,{"c":"],["}]}]', 2],
      others: ['[{"a":1},{"d":"\\""}]', 1, 3],
    });
  });

  it('holds whatever JSON there is', () => {
    const events = fc.array(fc.tuple(fc.json(), fc.boolean()), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(events, fc.constantFrom(undefined, 1, '\t'), (all, space) => {
        const forced = all.map(([, one]) => one);
        fc.pre(forced.includes(true) && forced.includes(false));
        const values = all.map(([text]) => JSON.parse(text) as unknown);
        const found = parts(`[${values.map(value => JSON.stringify(value, null, space)).join(',')}]`, forced);
        const of = (wanted: boolean) => values.filter((_, at) => forced[at] === wanted);
        const read = (text: unknown): unknown => JSON.parse(String(text));
        expect(found && [read(found.forced[0]), read(found.others[0])]).toEqual([of(true), of(false)]);
      }),
    );
  });
});

it.each<[string, unknown, boolean[]]>([
  ['all are forced', '[{},{}]', [true, true]],
  ['none is forced', '[{},{}]', [false, false]],
  ['it is one event', '{}', [true]],
  ['it has more events than there are calls', '[{},{},{}]', [true, false]],
  ['it has fewer', '[{}]', [true, false]],
  ['it is not whole', '[{},{}', [true, false]],
  ['it is followed by something', '[{},{}] ', [true, false]],
  ['it is empty', '[]', [true, false]],
  ['nothing stands between', '[,]', [true, false]],
  ['it is a Blob', new Blob(['[{},{}]']), [true, false]],
  ['it is no array', '({},{})', [true, false]],
])('is not taken apart where %s', (_, body, forced) => {
  expect(parts(body, forced)).toBeNull();
});

it('never throws, and leaves nothing out', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.boolean(), { maxLength: 4 }), (body, forced) => {
      const found = parts(body, forced);
      // two lists instead of one: two brackets more, one comma less
      if (found) expect(`${String(found.forced[0])}${String(found.others[0])}`).toHaveLength(body.length + 1);
    }),
  );
});
