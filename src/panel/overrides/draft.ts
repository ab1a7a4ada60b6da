import { RuleError, ruleOf, targetOf } from '../../overrides/rules.ts';
import type { Rule, RuleKind } from '../../record/override.ts';

/** The kinds of rules, in the order in which they are offered. */
export const RULE_KINDS = [
  'stream',
  'instrument',
  'experiment',
  'session',
  'pageview',
  'population',
  'schema',
  'config',
  'exposures',
  'cookies',
  'hasty',
] as const satisfies readonly RuleKind[];

/** A rule while it is written: what the fields of the form hold, whatever that is. */
export interface Draft {
  kind: RuleKind;
  /** Of the stream, instrument, schema or experiment. */
  name: string;
  sample: 'in' | 'out' | 'rate';
  rate: string;
  population: 'session' | 'pageview';
  /** The identifier. */
  id: string;
  membership: 'group' | 'none';
  group: string;
  as: 'enrolled' | 'mpo';
  /** The stream config as JSON. */
  value: string;
  /** The rule that this one is to replace. */
  old: Rule | null;
}

export const BLANK: Draft = {
  kind: 'stream',
  name: '',
  sample: 'in',
  rate: '',
  population: 'session',
  id: '',
  membership: 'group',
  group: '',
  as: 'enrolled',
  value: '{\n  "sample": { "unit": "session", "rate": 1 }\n}',
  old: null,
};

/** The draft that says what a rule says; it will replace that rule. */
export function draftOf(rule: Rule): Draft {
  const { kind, name } = targetOf(rule);
  const draft: Draft = { ...BLANK, kind: kind as RuleKind, name, old: rule };
  if ('sample' in rule) {
    if (typeof rule.sample === 'number') Object.assign(draft, { sample: 'rate', rate: String(rule.sample) });
    else draft.sample = rule.sample;
  }
  if ('population' in rule) draft.population = rule.population;
  if ('session' in rule) draft.id = rule.session;
  if ('pageview' in rule) draft.id = rule.pageview;
  if ('experiment' in rule) {
    draft.as = rule.as;
    draft.membership = rule.group === null ? 'none' : 'group';
    draft.group = rule.group ?? '';
  }
  if ('config' in rule) draft.value = JSON.stringify(rule.value, null, 2);
  return draft;
}

/** What is wrong with a draft: `field` is a field of the rule, or `rule` for all of it. */
export interface DraftError {
  field: string;
  message: string;
}

/** The rule that a draft spells, or what is wrong with it. */
export function readDraft(draft: Draft): Rule | DraftError {
  try {
    return ruleOf(valueOf(draft));
  } catch (error) {
    if (error instanceof RuleError) return { field: error.field, message: error.message };
    if (error instanceof SyntaxError) return { field: 'value', message: error.message };
    throw error;
  }
}

export const isError = (read: Rule | DraftError): read is DraftError => 'field' in read;

function valueOf(draft: Draft): { [field: string]: unknown } {
  const { kind } = draft;
  const name = draft.name.trim();
  const sample = draft.sample === 'rate' ? rateOf(draft.rate) : draft.sample;
  switch (kind) {
    case 'stream':
    case 'instrument':
    case 'schema':
      return { [kind]: name, sample };
    case 'population':
      return { population: draft.population, sample };
    case 'session':
    case 'pageview':
      return { [kind]: draft.id };
    case 'experiment':
      return { experiment: name, group: draft.membership === 'none' ? null : draft.group.trim(), as: draft.as };
    case 'config':
      return { config: name, value: JSON.parse(draft.value) as unknown };
    case 'exposures':
      return { exposures: 'clear' };
    case 'cookies':
    case 'hasty':
      return { [kind]: 'off' };
  }
}

/** The number that a text spells; the text itself where it spells none, so that it can be told. */
export function rateOf(text: string): number | string {
  const rate = text.trim() === '' ? NaN : Number(text);
  return Number.isNaN(rate) ? text : rate;
}
