import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSessions } from '../../../src/test-session/compare/compare.ts';
import { common, inOrder } from '../../../src/test-session/compare/align.ts';
import { planOf } from '../../../src/test-session/from-recording.ts';
import { createJudge } from '../../../src/test-session/judge/judge.ts';
import { readPlan } from '../../../src/test-session/plan/read.ts';
import { dropped, iso, record, sessionOf } from './sessions.ts';

const story = (session: string, offset: number) => [
  record(1, offset, 'open', {}, { performer: { session_id: session } }),
  record(2, offset + 10, 'click', {}, { performer: { session_id: session }, element_id: 'a' }),
  record(3, offset + 20, 'click', {}, { performer: { session_id: session }, element_id: 'b' }),
  record(4, offset + 30, 'close', {}, { performer: { session_id: session } }),
];
const kinds = async (one: ReturnType<typeof story>, other: ReturnType<typeof story>) =>
  (await compareSessions(sessionOf(one), sessionOf(other))).differences.map(({ kind, key }) => `${kind} ${key}`);

const OTHER = '1111111111aaaaaaaaaa';

describe('a comparison', () => {
  it('finds no difference in ids and times', async () => {
    const { differences, same } = await compareSessions(
      sessionOf(story('80000000c0ffee00c0ff', 0)),
      sessionOf(story(OTHER, 5_000)),
    );
    expect([differences, same]).toEqual([[], 4]);
  });

  it('finds what is added, missing, changed and reordered', async () => {
    const [open, a, b, close] = story(OTHER, 0);
    if (!open || !a || !b || !close) throw new Error('no story');
    expect(await kinds([open, a, close], [open, a, b, close])).toEqual(['added my.stream click']);
    expect(await kinds([open, a, b, close], [open, b, close])).toEqual(['missing my.stream click']);
    expect(await kinds([open, a, close], [a, close, open])).toEqual(['reordered my.stream open']);
    const { differences } = await compareSessions(
      sessionOf([open, a]),
      sessionOf([open, { ...b, ...dropped('no-action') }]),
    );
    expect(differences).toMatchObject([
      {
        kind: 'changed',
        fields: [{ path: 'decision' }, { path: 'delivery' }, { path: '/element_id', before: 'a', after: 'b' }],
      },
    ]);
  });

  it('tells one identifier from another', async () => {
    const [open, a] = story(OTHER, 0);
    const [, other] = story('2222222222bbbbbbbbbb', 0);
    if (!open || !a || !other) throw new Error('no story');
    const { differences } = await compareSessions(sessionOf([open, a]), sessionOf([open, other]));
    expect(differences).toMatchObject([
      { kind: 'changed', fields: [{ path: '/performer/session_id', before: '<hex 1>', after: '<hex 2>' }] },
    ]);
  });

  it('aligns by step', async () => {
    const marks = [
      { type: 'mark', time: iso(0), what: 'step', text: 'One' },
      { type: 'mark', time: iso(15), what: 'step', text: 'Two' },
    ] as const;
    const [open, a, b] = story(OTHER, 0);
    if (!open || !a || !b) throw new Error('no story');
    const two = await compareSessions(
      sessionOf([open, a], { marks: [...marks] }),
      sessionOf([open, b], { marks: [...marks] }),
    );
    expect(two.differences.map(({ kind, step }) => [kind, step])).toEqual([
      ['missing', 'One'],
      ['added', 'Two'],
    ]);
  });

  it('aligns the steps of pages by path, and tells that the query is another one', async () => {
    const visit = (ms: number, text: string) => ({ type: 'mark', time: iso(ms), what: 'step', text }) as const;
    const [open, a, b, close] = story(OTHER, 0);
    if (!open || !a || !b || !close) throw new Error('no story');
    const walk = (...steps: string[]) =>
      sessionOf([open, a, b, close], { marks: steps.map((text, index) => visit(index * 10, text)) });
    const told = async (one: string[], other: string[]) => {
      const { differences } = await compareSessions(walk(...one), walk(...other));
      return differences.map(({ kind, step, ...more }) => [kind, step, 'fields' in more ? more.fields : []]);
    };
    expect(await told(['/wiki/A?x=1', '/wiki/B'], ['/wiki/A?x=2', '/wiki/B'])).toEqual([
      ['changed', '/wiki/A?x=2', [{ path: 'step', before: '/wiki/A?x=1', after: '/wiki/A?x=2' }]],
    ]);
    expect(await told(['/wiki/A?x=1', '/wiki/A?x=2'], ['/wiki/A?x=1', '/wiki/A'])).toEqual([
      ['changed', '/wiki/A', [{ path: 'step', before: '/wiki/A?x=2', after: '/wiki/A' }]],
    ]);
    expect((await told(['/wiki/A', '/wiki/B'], ['/wiki/A', '/wiki/C'])).map(([kind]) => kind)).toEqual([
      ...['missing', 'missing', 'missing', 'added', 'added', 'added'],
    ]);
  });

  it('ignores what is to be ignored, and the order of fields', async () => {
    const [one] = story(OTHER, 0);
    if (!one) throw new Error('no story');
    const event = Object.fromEntries(Object.entries(one.event as object).reverse()) as typeof one.event;
    const other = { ...one, event: { ...(event as object), more: { a: 1 } } };
    const compared = await compareSessions(sessionOf([one]), sessionOf([other]), { ignore: ['/more'] });
    expect(compared).toMatchObject({ same: 1, differences: [] });
    expect(await compareSessions(sessionOf([one]), sessionOf([other]))).toMatchObject({
      differences: [{ kind: 'changed', fields: [{ path: '/more/a', before: undefined, after: 1 }] }],
    });
  });

  it('pairs each element once, whatever the lists', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'));
    fc.assert(
      fc.property(list, list, (before, after) => {
        const { pairs, left } = common(before, after);
        expect(pairs.every(([one, other]) => before[one] === after[other])).toBe(true);
        expect([...pairs.map(([one]) => one), ...left[0]].sort((a, b) => a - b)).toEqual(
          before.map((_, place) => place),
        );
        expect([...pairs.map(([, one]) => one), ...left[1]].sort((a, b) => a - b)).toEqual(
          after.map((_, place) => place),
        );
        const kept = [...inOrder(pairs)].map(([, other]) => other).reverse();
        expect(kept).toEqual([...kept].sort((a, b) => a - b));
      }),
    );
  });
});

describe('a plan from a recording', () => {
  it('is met by another run of the same, and by no other', () => {
    const first = sessionOf(story(OTHER, 0));
    const plan = planOf(first, first.records);
    expect(readPlan(JSON.stringify(plan)).faults).toEqual([]);
    const run = (records: typeof first.records) => {
      const judge = createJudge(plan);
      records.forEach((one, index) => judge.take(one, index));
      judge.end();
      return judge
        .results()
        .filter(({ state }) => state === 'fail')
        .map(({ name }) => name);
    };
    expect(run(story('2222222222bbbbbbbbbb', 9_000))).toEqual([]);
    expect(run(story(OTHER, 0).slice(1))).toEqual(['exactly 1: my.stream, open']);
    expect(run([...story(OTHER, 0), record(5, 99, 'other')])).toEqual(['nothing else: my.stream']);
  });
});
