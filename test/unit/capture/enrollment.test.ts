import './page.ts';
import { describe, expect, it } from 'vitest';
import { enrollAll, enrollMany, enrollOne } from '../../../src/capture/enrollment.ts';
import type { Kitchen } from '../../../src/capture/kitchen.ts';
import type { AnyFunction } from '../../../src/capture/wrap.ts';
import type { Rule } from '../../../src/record/override.ts';
import { rulesInForce } from './rules.ts';

const VARIABLE = 'wgTestKitchenUserExperiments';
const enrolled = (experiment: string, group: string | null): Rule => ({ experiment, group, as: 'enrolled' });

interface Enrollments {
  enrolled: string[];
  overrides: string[];
  assigned: { [name: string]: string };
  subject_ids: { [name: string]: string };
  sampling_units: { [name: string]: string };
}
interface Found {
  name: string;
  group: string;
  subject: string;
  unit: string;
}

const SERVER = (): Enrollments => ({
  overrides: [],
  enrolled: ['wiki-in'],
  assigned: { 'wiki-in': 'control' },
  subject_ids: { 'wiki-in': 'real' },
  sampling_units: { 'wiki-in': 'mw-user' },
});

/** A client: it looks at the page's config at each question, as both generations do. */
function client(policy: ReturnType<typeof rulesInForce>, server: Enrollments | undefined = SERVER()) {
  const values: { [key: string]: unknown } = server ? { [VARIABLE]: server, other: 1 } : { other: 1 };
  const configs = { experimentConfigs: { 'wiki-user': { user_identifier_type: 'mw-user' } } };
  const registry = { 'ext.testKitchen': { packageExports: { 'config.json': configs } } };
  const mw = { config: { values }, loader: { moduleRegistry: registry } };
  const at = () => values[VARIABLE] as Enrollments | undefined;
  const now = ((name: string): Found | null => {
    const group = at()?.assigned[name];
    if (group === undefined) return null;
    return { name, group, subject: at()?.subject_ids[name] ?? '', unit: at()?.sampling_units[name] ?? '' };
  }) as unknown as AnyFunction;
  const many = ((prefix: string) =>
    Object.keys(at()?.assigned ?? {})
      .filter(name => name.startsWith(prefix))
      .map(name => now(name))) as unknown as AnyFunction;
  const all = (() => ({ ...at()?.assigned })) as AnyFunction;
  const kitchen: Kitchen = {
    mw,
    client: {},
    name: 'test-kitchen',
    module: 'ext.testKitchen',
    variable: VARIABLE,
    policy,
    getNow: now,
  };
  const later = (ask: AnyFunction): AnyFunction =>
    async function (...args) {
      return Promise.resolve().then(() => ask(...args));
    };
  // a promise of the platform's own, as the client's is
  const promised =
    (ask: AnyFunction): AnyFunction =>
    (...args) =>
      Promise.resolve(later(ask)(...args));
  return {
    values,
    one: enrollOne(kitchen, now),
    onePromised: enrollOne(kitchen, promised(now)),
    many: enrollMany(kitchen, many),
    manyPromised: enrollMany(kitchen, promised(many)),
    all: enrollAll(kitchen, all),
  };
}

describe('getExperiment', () => {
  it('answers the rule’s group, with the subject that there is, else one that tells itself from real ones', () => {
    const { one } = client(
      rulesInForce(enrolled('wiki-in', 'treatment'), enrolled('wiki-user', 'a'), enrolled('wiki-edge', 'b')),
    );
    expect(one('wiki-in')).toEqual({ name: 'wiki-in', group: 'treatment', subject: 'real', unit: 'mw-user' });
    expect(one('wiki-user')).toEqual({ name: 'wiki-user', group: 'a', subject: 'forced', unit: 'mw-user' });
    expect(one('wiki-edge')).toEqual({ name: 'wiki-edge', group: 'b', subject: 'awaiting', unit: 'edge-unique' });
  });

  it('answers none where the rule has none', () => {
    expect(client(rulesInForce(enrolled('wiki-in', null))).one('wiki-in')).toBeNull();
  });

  it('answers by a promise where the client does', async () => {
    const { onePromised } = client(rulesInForce(enrolled('wiki-edge', 'b')));
    const answer = onePromised('wiki-edge');
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toMatchObject({ group: 'b' });
  });

  it('leaves the page’s config as it was, also where the client throws', () => {
    const policy = rulesInForce(enrolled('wiki-edge', 'b'));
    const { one, values } = client(policy);
    const before = values[VARIABLE];
    one('wiki-edge');
    expect(values[VARIABLE]).toBe(before);
    expect(values[VARIABLE]).toEqual(SERVER());
    const seen: unknown[] = [];
    const throwing = enrollOne(
      { mw: { config: { values } }, client: {}, name: 'test-kitchen', module: 'none', variable: VARIABLE, policy },
      () => {
        seen.push(values[VARIABLE]);
        if (seen.length === 2) throw new RangeError('no');
        return null;
      },
    );
    expect(() => throwing('wiki-edge')).toThrow(RangeError);
    expect(seen).toHaveLength(2);
    expect(values[VARIABLE]).toBe(before);
  });

  it('leaves no config where there was none', () => {
    const made = client(rulesInForce(enrolled('wiki-edge', 'b')), undefined);
    const values = { ...made.values };
    Reflect.deleteProperty(made.values, VARIABLE);
    expect(made.one('wiki-edge')).toMatchObject({ group: 'b' });
    expect(Object.keys(made.values)).toEqual(Object.keys(values).filter(key => key !== VARIABLE));
  });

  it.each<[string, Rule[]]>([
    ['no rule', []],
    ['a rule for another', [enrolled('wiki-edge', 'b')]],
    ['the platform’s own override', [{ experiment: 'wiki-in', group: 'b', as: 'mpo' }]],
  ])('decides by itself under %s', (_, rules) => {
    expect(client(rulesInForce(...rules)).one('wiki-in')).toMatchObject({ group: 'control' });
  });

  it('decides by itself once the rules have ended', () => {
    const policy = rulesInForce(enrolled('wiki-in', 'treatment'));
    const { one } = client(policy);
    expect(one('wiki-in')).toMatchObject({ group: 'treatment' });
    policy.end();
    expect(one('wiki-in')).toMatchObject({ group: 'control' });
  });

  it.each(['__proto__', 'constructor', '', undefined, {}, Symbol('x')])('is not confused by the name %s', name => {
    expect(client(rulesInForce(enrolled('wiki-in', 'b'))).one(name)).toEqual(client(rulesInForce()).one(name));
  });
});

describe('getExperimentsByPrefix', () => {
  const groups = (found: unknown) => (found as Found[]).map(({ name, group }) => [name, group]);

  it('has those of the rules instead of the server’s', async () => {
    const rules = [enrolled('wiki-in', 'treatment'), enrolled('wiki-edge', 'b'), enrolled('else', 'c')];
    const expected = [
      ['wiki-in', 'treatment'],
      ['wiki-edge', 'b'],
    ];
    const { many, manyPromised } = client(rulesInForce(...rules));
    expect(groups(many('wiki-'))).toEqual(expected);
    expect(groups(await manyPromised('wiki-'))).toEqual(expected);
  });

  it('leaves out those of which the rule says none', () => {
    expect(client(rulesInForce(enrolled('wiki-in', null))).many('wiki-')).toEqual([]);
  });

  it('is the client’s own answer where no rule is about it', () => {
    expect(groups(client(rulesInForce(enrolled('else', 'c'))).many('wiki-'))).toEqual([['wiki-in', 'control']]);
  });
});

describe('getAssignments', () => {
  it('has the rules’ groups, and is the client’s own object without any', () => {
    const rules = [enrolled('wiki-edge', 'b'), enrolled('wiki-in', null)];
    expect(client(rulesInForce(...rules)).all()).toEqual({ 'wiki-edge': 'b' });
    expect(client(rulesInForce({ stream: 'a', sample: 'in' })).all()).toEqual({ 'wiki-in': 'control' });
  });
});
