import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { OverrideError } from '../../../src/overrides/check.ts';
import { readRuleFile, writeRuleFile } from '../../../src/overrides/file.ts';

const schema = JSON.parse(readFileSync('src/overrides/rules.schema.json', 'utf8')) as object;
const validate = new Ajv({ allErrors: true }).compile(schema);

const FILE = {
  name: 'Ticket 1',
  note: 'Click the button.',
  rules: [
    { stream: 'mediawiki.web_ui_actions', sample: 'in' as const },
    { experiment: 'welcome', group: 'treatment', as: 'enrolled' as const },
    { config: 'new.stream', value: { sample: { unit: 'session', rate: 0.5 } } },
    { session: '00000000c0ffee00c0ff' },
  ],
};

test('a file comes back as it was written, and is what its schema says', () => {
  const text = writeRuleFile(FILE);
  expect(readRuleFile(text)).toEqual({ format: 1, ...FILE });
  expect([validate(JSON.parse(text)), validate.errors]).toEqual([true, null]);
});

test('a bare list of rules will do', () => {
  const text = JSON.stringify(FILE.rules);
  expect(readRuleFile(text)).toEqual({ format: 1, name: '', note: '', rules: FILE.rules });
  expect(validate(JSON.parse(text))).toBe(true);
});

test('what belongs to one machine is not written', () => {
  const text = writeRuleFile({ ...FILE, rules: [...FILE.rules, { hasty: 'off' }] });
  expect(readRuleFile(text).rules).toEqual(FILE.rules);
});

test.each([
  ['no JSON', '{', /no JSON/],
  ['another value', '7', /list of rules/],
  ['another version', '{"format":2,"rules":[]}', /format 2; this version reads format 1/],
  ['no version', '{"rules":[]}', /format none/],
  ['a delivery policy', '{"format":1,"rules":[],"policy":"deliver"}', /"policy": that is chosen on this machine/],
  ['a target', '{"format":1,"rules":[],"target":"https://a/"}', /"target"/],
  ['hasty off', '[{"hasty":"off"}]', /Rule 1: "hasty" is chosen on this machine/],
  ['another field', '{"format":1,"rules":[],"colour":1}', /no field "colour"/],
  ['a bad rule', '[{"stream":"a","sample":"in"},{"stream":"b","sample":"0.5"}]', /Rule 2: "sample"/],
  ['a name that is none', '{"format":1,"rules":[],"name":7}', /"name" must be a text/],
  ['too much', JSON.stringify([{ config: 'a', value: { x: 'x'.repeat(100_000) } }]), /over 100000 bytes/],
])('%s is refused in words', (_, text, message) => {
  expect(() => readRuleFile(text)).toThrow(OverrideError);
  expect(() => readRuleFile(text)).toThrow(message);
});
