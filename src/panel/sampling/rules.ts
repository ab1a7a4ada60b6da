import type { Force, Rule } from '../../record/override.ts';

/** What a rule speaks of. */
export type Target = { kind: 'stream' | 'instrument'; name: string };
export type Choice = 'configured' | Force;

/** What is in force for this target. */
export function choiceOf(rules: readonly Rule[], target: Target): Choice {
  return rules.find(rule => is(rule, target))?.sample ?? 'configured';
}

/** The rules after this choice: at most one a target, the newest last. */
export function withChoice(rules: readonly Rule[], target: Target, choice: Choice): Rule[] {
  const others = rules.filter(rule => !is(rule, target));
  if (choice === 'configured') return others;
  const { kind, name } = target;
  return [...others, kind === 'stream' ? { stream: name, sample: choice } : { instrument: name, sample: choice }];
}

export function targetOf(rule: Rule): Target {
  return 'stream' in rule ? { kind: 'stream', name: rule.stream } : { kind: 'instrument', name: rule.instrument };
}

function is(rule: Rule, target: Target): boolean {
  const of = targetOf(rule);
  return of.kind === target.kind && of.name === target.name;
}
