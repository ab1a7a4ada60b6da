import { targetOf as subjectOf } from '../../overrides/rules.ts';
import type { Force, Rule } from '../../record/override.ts';
import { t } from '../i18n.ts';
import { visible } from '../shared/text.ts';

/** What a choice in the list of streams and instruments speaks of. */
export type Target = { kind: 'stream' | 'instrument'; name: string };
export type Choice = 'configured' | Force;

/** What is in force for this target. */
export function choiceOf(rules: readonly Rule[], target: Target): Choice {
  const rule = rules.find(rule => is(rule, target));
  return rule && 'sample' in rule ? rule.sample : 'configured';
}

/** The rules after this choice: at most one a target, the newest last. */
export function withChoice(rules: readonly Rule[], { kind, name }: Target, choice: Choice): Rule[] {
  if (choice === 'configured') return rules.filter(rule => !is(rule, { kind, name }));
  return withRule(rules, kind === 'stream' ? { stream: name, sample: choice } : { instrument: name, sample: choice });
}

/** The rules with this one in place of what was about the same thing, and of `old`; the newest last. */
export function withRule(rules: readonly Rule[], next: Rule, old: Rule | null = null): Rule[] {
  return [...rules.filter(rule => !is(rule, subjectOf(next)) && !(old && is(rule, subjectOf(old)))), next];
}

/** The rules without those about the same thing. */
export function withoutRule(rules: readonly Rule[], gone: Rule): Rule[] {
  return rules.filter(rule => !is(rule, subjectOf(gone)));
}

function is(rule: Rule, target: { kind: string; name: string }): boolean {
  const of = subjectOf(rule);
  return of.kind === target.kind && of.name === target.name;
}

/** A rule in a few words: what it is about, and what it makes of it. */
export function ruleText(rule: Rule): string {
  const { kind, name } = subjectOf(rule);
  return `${visible(name === '' ? kind : name, 80)}: ${visible(effectOf(rule), 80)}`;
}

function effectOf(rule: Rule): string {
  if ('sample' in rule) return typeof rule.sample === 'number' ? String(rule.sample) : t(`force_${rule.sample}`);
  if ('experiment' in rule) return `${rule.group ?? '∅'} (${rule.as})`;
  if ('config' in rule) return JSON.stringify(rule.value);
  return String(Object.values(rule)[0]);
}
