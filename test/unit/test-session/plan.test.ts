import Ajv from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENTS, DECISION_STATES, DELIVERY_STATES, REASONS, VERDICTS } from '../../../src/record/lists.ts';
import { compilePattern, PatternError } from '../../../src/test-session/plan/pattern.ts';
import schema from '../../../src/test-session/plan/plan.schema.json' with { type: 'json' };
import { readPlan } from '../../../src/test-session/plan/read.ts';

const PLAN = `plan: 1
name: Clicks
steps:
  - step: Open
    url: /wiki/
    expect:
      - name: One click
        of: { stream: my.stream, action: [click, tap] }
        exactly: 1
      - of: { action: click }
        have: { fields: { performer.session_id: { matches: '^[0-9a-f]{20}$' }, /page/id: { type: integer } } }
      - of: { action: click }
        within: 2 s
      - of: { stream: { matches: '^my[.]' } }
        notBefore: { action: consent }
      - nothingElse: my.stream
expect:
  - of: { decision: dropped, reason: out-of-sample }
    never: true
  - of: { action: click }
    atLeast: 1
    atMost: 3
`;

const faultsOf = (text: string) => readPlan(text).faults.map(({ line, message }) => `${line}: ${message}`);
const expecting = (...lines: string[]) => `plan: 1\nname: x\nexpect:\n${lines.map(line => `  ${line}\n`).join('')}`;

describe('a plan', () => {
  it('is read from YAML and from JSON', () => {
    const { plan, faults } = readPlan(PLAN);
    expect(faults).toEqual([]);
    expect(plan?.steps[0]?.expect).toHaveLength(5);
    expect(readPlan(JSON.stringify(plan, null, 2)).plan).toEqual(plan);
  });

  it('fits the published schema, which is one', () => {
    const ajv = new Ajv({ allErrors: true });
    expect(ajv.validateSchema(schema)).toBe(true);
    const validate = ajv.compile(schema);
    expect([validate(readPlan(PLAN).plan), validate.errors]).toEqual([true, null]);
  });

  it('knows the closed lists of the record', () => {
    const { properties } = schema.definitions.selector;
    const listed = (name: 'client' | 'decision' | 'reason' | 'verdict' | 'delivery') => properties[name].anyOf[0]?.enum;
    expect(listed('client')).toEqual([...CLIENTS]);
    expect(listed('decision')).toEqual([...DECISION_STATES]);
    expect(listed('reason')).toEqual([...REASONS]);
    expect(listed('verdict')).toEqual([...VERDICTS]);
    expect(listed('delivery')).toEqual([...DELIVERY_STATES]);
  });

  it.each([
    [
      'a name that is not known',
      expecting('- of: { decison: dropped }', '  exactly: 1'),
      ['4: "decison" is not known here. Did you mean "decision"?'],
    ],
    [
      'a word of no list',
      expecting('- of: {}', '  exactly: 1', '- of: { verdict: fine }', '  exactly: 1'),
      [expect.stringContaining('6: "fine" is none of "valid"')],
    ],
    ['a type', expecting('- of: { action: click }', '  exactly: two'), ['5: Expected a whole number, not "two".']],
    [
      'two kinds',
      expecting('- of: { action: click }', '  exactly: 2', '  within: 2 s'),
      ['6: "exactly" and "within" are two expectations: make an entry of each.'],
    ],
    ['no kind', expecting('- of: { action: click }'), [expect.stringContaining('4: Nothing is expected')]],
    [
      'a duration',
      expecting('- of: { action: click }', '  within: 2 hours'),
      ['5: "2 hours" is no stretch of time such as 2 s, 500 ms or 1 min.'],
    ],
    ['no "of"', expecting('- exactly: 1'), ['4: "exactly" needs "of": which records it is about.']],
    [
      'a step that is not there',
      expecting('- of: { action: click }', '  notBefore: { step: consent }'),
      ['5: There is no step "consent".'],
    ],
    [
      'a regular expression',
      expecting('- of: { action: { matches: "(?=a)" } }', '  exactly: 1'),
      [expect.stringContaining('4: The regular expression cannot be used: look-around')],
    ],
    ['YAML', 'plan: 1\nname: [x\n', [expect.stringMatching(/^[23]: /)]],
    ['nothing', '', ['1: Expected a map.']],
    ['something else', '[1]', ['1: Expected a map, not a list.']],
    ['what is missing', 'plan: 1\n', ['1: "name" is missing.']],
    [
      'an alias',
      'plan: 1\nname: x\nexpect:\n  - &a { of: {}, exactly: 1 }\n  - *a\n',
      [expect.stringContaining('5: Aliases')],
    ],
    ['an empty plan', 'plan: 1\nname: x\n', [expect.stringContaining('expects nothing')]],
  ])('tells %s at its line', (_, text, expected) => expect(faultsOf(text)).toEqual(expected));

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), text => void readPlan(text)));
    fc.assert(fc.property(fc.jsonValue(), value => void readPlan(JSON.stringify(value))));
  });
});

/** Regular expressions of the kind that people write, made of parts. */
const patterns = fc.letrec<{ atom: string; part: string; either: string }>(tie => ({
  atom: fc.oneof(
    fc.constantFrom('a', 'b', '.', '\\d', '\\w', '\\s', '[ab]', '[^a]', '[a-c]', '\\.', '\\b', '1', 'é'),
    tie('either').map(inside => `(${inside})`),
  ),
  part: fc
    .tuple(tie('atom'), fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?'))
    .map(([atom, count]) => (atom === '\\b' ? atom : atom + count)),
  either: fc.oneof(
    { maxDepth: 3 },
    fc.array(tie('part'), { maxLength: 4 }).map(parts => parts.join('')),
    fc.tuple(tie('part'), tie('part')).map(two => two.join('|')),
  ),
})).either;

describe('a pattern', () => {
  it('matches what the browser’s own would', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', ' ', 'é', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(patterns, text, fc.constantFrom('', '^', '$'), (source, value, anchor) => {
        const whole = anchor === '^' ? `^(?:${source})` : anchor === '$' ? `(?:${source})$` : source;
        expect([whole, value, compilePattern(whole)(value)]).toEqual([whole, value, new RegExp(whole).test(value)]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes no longer for an expression that makes others hang', () => {
    const began = performance.now();
    for (const source of ['(a+)+$', '(a|aa)+$', '(.*a){20}$', '(a*)*b', '((a?){30}){5}$'])
      compilePattern(source)(`${'a'.repeat(4_000)}!`);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it.each([
    '(?=a)',
    '(?<!a)b',
    '(a)\\1',
    '\\k<n>',
    '(',
    ')',
    '[a',
    'a**',
    '*',
    'a{3,2}',
    'a{5000}',
    '(a{1000}){1000}',
    '\\p{L}',
    'a'.repeat(501),
    '('.repeat(60),
  ])('refuses %s', source => expect(() => compilePattern(source)).toThrow(PatternError));
});
