import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CommandError, EXIT } from '../../../src/cli/command.ts';
import { overrideOf, toldOverride, type OverrideOptions } from '../../../src/cli/override.ts';

const NOW = 1_000_000;
const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'override-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: unknown) => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};
const read = (options: OverrideOptions) => overrideOf(options, path => join(folder, path), NOW);
const rules = [{ stream: 'a', sample: 'in' }];
const good = write('good.json', rules);

it('asks for nothing where nothing is said', () => {
  expect(read({})).toBeNull();
});

it.each<[OverrideOptions, object]>([
  [{ override: good }, { rules, policy: 'hold-forced', until: NOW + 60 * MINUTE }],
  [{ 'no-hasty': true }, { rules: [{ hasty: 'off' }], policy: 'hold-forced', until: NOW + 60 * MINUTE }],
  [
    { override: good, 'no-hasty': true },
    { rules: [...rules, { hasty: 'off' }], policy: 'hold-forced', until: NOW + 60 * MINUTE },
  ],
  [
    { override: good, policy: 'deliver', until: '5' },
    { rules, policy: 'deliver', until: NOW + 5 * MINUTE },
  ],
  [{ override: write('named.json', { format: 1, name: 'Mine', note: '', rules }) }, { rules }],
  [{ policy: 'hold-all' }, { rules: [], policy: 'hold-all' }],
  [
    { override: good, policy: 'redirect', target: 'http://localhost:8192/v1/events' },
    { policy: 'redirect', target: 'http://localhost:8192/v1/events' },
  ],
])('reads %j', (options, expected) => {
  expect(read(options)).toMatchObject(expected);
});

it.each<[string, OverrideOptions, RegExp]>([
  ['a file that is not there', { override: 'nowhere.json' }, /--override nowhere.json cannot be read/],
  ['a file that is no JSON', { override: write('text.json', '{') }, /text.json: The file is no JSON/],
  ['another version', { override: write('newer.json', { format: 2, rules }) }, /format 2; this version reads format 1/],
  ['a policy in the file', { override: write('policy.json', { format: 1, rules, policy: 'deliver' }) }, /"policy"/],
  [
    'a rate that is text',
    { override: write('rate.json', [...rules, { stream: 'b', sample: '0.5' }]) },
    /Rule 2: "sample" must be "in", "out" or a rate from 0 to 1, not "0.5"/,
  ],
  ['another policy', { override: good, policy: 'hold' }, /hold-forced, hold-all or redirect/],
  ['a redirect without a target', { override: good, policy: 'redirect' }, /--target/],
  ['a target without a redirect', { override: good, target: 'http://localhost/' }, /--policy redirect/],
  ['a target that is no address', { policy: 'redirect', target: 'here' }, /http or https address/],
  ['a target alone', { target: 'http://localhost/' }, /--target is about an override/],
  ['an end alone', { until: '5' }, /--until is about an override/],
  ['an end that is no number', { override: good, until: 'soon' }, /--until soon is no number of minutes/],
  ['an end in the past', { override: good, until: '-1' }, /ended already/],
  ['an end in two days', { override: good, until: '2880' }, /24 hours/],
])('refuses %s as bad usage', (_, options, message) => {
  expect(() => read(options)).toThrow(message);
  expect(() => read(options)).toThrow(CommandError);
  expect(() => read(options)).toThrow(expect.objectContaining({ code: EXIT.usage }));
});

it('says where events go', () => {
  const override = read({ override: good, policy: 'redirect', target: 'http://localhost:1/v1/events' });
  expect(override && toldOverride(override)).toBe(
    'Under override, 1 rule: all events go to http://localhost:1/v1/events.',
  );
});
