/** The shape of rules, checked at run time: what a page finds, and what a file brings, may come from anybody. */

import type { DeliveryPolicy, Force, PageRules, Rule } from '../record/override.ts';
import type { JsonObject } from '../record/record.ts';

const POLICIES: readonly unknown[] = ['deliver', 'hold-forced', 'hold-all', 'redirect'] satisfies DeliveryPolicy[];

type Fields = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isPolicy = (value: unknown): value is DeliveryPolicy => POLICIES.includes(value);

/** What is wrong with a rule, at which of its fields. */
export class RuleError extends Error {
  override name = 'RuleError';
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

function told(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (json(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function json(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return 'something that is no JSON';
  }
}

function text(rule: Fields, field: string): string {
  const value = rule[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new RuleError(field, `"${field}" must be a name, not ${told(value)}.`);
}

function oneOf<T extends string>(rule: Fields, field: string, values: readonly T[]): T {
  const found = values.find(value => value === rule[field]);
  if (found !== undefined) return found;
  const wanted = values.map(value => `"${value}"`).join(' or ');
  throw new RuleError(field, `"${field}" must be ${wanted}, not ${told(rule[field])}.`);
}

function force({ sample }: Fields): Force {
  if (sample === 'in' || sample === 'out') return sample;
  if (typeof sample === 'number' && sample >= 0 && sample <= 1) return sample;
  throw new RuleError('sample', `"sample" must be "in", "out" or a rate from 0 to 1, not ${told(sample)}.`);
}

/** Any text that a client could read, so that malformed identifiers can be tried; none that is no text. */
function identifier(rule: Fields, field: string): string {
  const value = text(rule, field);
  if (value.length <= 64) return value;
  throw new RuleError(field, `"${field}" must have 64 characters at most, not ${value.length}.`);
}

/** Source of both patterns: mediawiki-extensions-TestKitchen includes/Coordination/RequestEnrollmentsProcessor.php. */
const EXPERIMENT = /^[A-Za-z0-9][-_.A-Za-z0-9]{0,62}$/;

function experiment(rule: Fields): Rule {
  const name = text(rule, 'experiment');
  if (!EXPERIMENT.test(name)) {
    throw new RuleError('experiment', `"experiment" must be letters, digits, "-", "_" and ".", not ${told(name)}.`);
  }
  const as = oneOf(rule, 'as', ['enrolled', 'mpo']);
  const { group } = rule;
  if (group === null && as === 'enrolled') return { experiment: name, group, as };
  if (typeof group === 'string' && EXPERIMENT.test(group)) return { experiment: name, group, as };
  const wanted = as === 'mpo' ? 'the name of a group' : 'the name of a group, or null for none';
  throw new RuleError('group', `"group" must be ${wanted}, not ${told(group)}.`);
}

function config(rule: Fields): Rule {
  const name = text(rule, 'config');
  const { value } = rule;
  try {
    const copy: unknown = JSON.parse(JSON.stringify(value));
    if (isObject(copy)) return { config: name, value: copy as JsonObject };
  } catch {
    // said below
  }
  throw new RuleError('value', `"value" must be a stream config, a JSON object, not ${told(value)}.`);
}

/** By the field that says what kind a rule is. The copy has that field first. */
const KINDS: { [kind: string]: (rule: Fields) => Rule } = {
  stream: rule => ({ stream: text(rule, 'stream'), sample: force(rule) }),
  instrument: rule => ({ instrument: text(rule, 'instrument'), sample: force(rule) }),
  schema: rule => ({ schema: text(rule, 'schema'), sample: force(rule) }),
  population: rule => ({ population: oneOf(rule, 'population', ['session', 'pageview']), sample: force(rule) }),
  session: rule => ({ session: identifier(rule, 'session') }),
  pageview: rule => ({ pageview: identifier(rule, 'pageview') }),
  experiment,
  config,
  exposures: rule => ({ exposures: oneOf(rule, 'exposures', ['clear']) }),
  cookies: rule => ({ cookies: oneOf(rule, 'cookies', ['off']) }),
  hasty: rule => ({ hasty: oneOf(rule, 'hasty', ['off']) }),
};

/**
 * A clean copy of one rule, with nothing in it but its fields.
 * @throws RuleError which says what is wrong, at which field, and what would be right
 */
export function ruleOf(value: unknown): Rule {
  if (!isObject(value)) throw new RuleError('rule', `A rule must be an object, not ${told(value)}.`);
  const kinds = Object.keys(KINDS).filter(kind => Object.hasOwn(value, kind));
  const [kind, ...others] = kinds;
  if (kind === undefined || others.length > 0) {
    const found = kinds.length > 0 ? `both ${kinds.map(one => `"${one}"`).join(' and ')}` : 'none of them';
    throw new RuleError('rule', `A rule must name one of ${Object.keys(KINDS).join(', ')}; this one has ${found}.`);
  }
  const rule = (KINDS[kind] as (rule: Fields) => Rule)(value);
  const unknown = Object.keys(value).find(field => !Object.hasOwn(rule, field));
  if (unknown !== undefined) throw new RuleError(unknown, `A rule for ${kind} has no field "${unknown}".`);
  return rule;
}

/** What a rule is about: its kind, and the name of the thing where there are many of them. */
export function targetOf(rule: Rule): { kind: string; name: string } {
  const kind = Object.keys(KINDS).find(one => Object.hasOwn(rule, one)) ?? '';
  const name = ['session', 'pageview', 'exposures', 'cookies', 'hasty'].includes(kind)
    ? ''
    : String((rule as Fields)[kind]);
  return { kind, name };
}

/** @returns a clean copy of what a page received, or null unless all of it is well formed */
export function readRules(value: unknown): PageRules | null {
  if (!isObject(value) || value['v'] !== 1) return null;
  const { rules, policy, until } = value;
  if (!Array.isArray(rules) || !isPolicy(policy) || typeof until !== 'number') return null;
  try {
    return { v: 1, rules: rules.map(ruleOf), policy, until };
  } catch {
    return null;
  }
}
