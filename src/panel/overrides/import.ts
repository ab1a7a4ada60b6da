import { targetOf } from '../../overrides/rules.ts';
import type { Rule } from '../../record/override.ts';

/** What a rule of a file will do beside those in force. */
export interface ImportStep {
  rule: Rule;
  /** `same`: it is in force already; `replaces`: it takes the place of one about the same thing. */
  what: 'added' | 'replaces' | 'same';
}

/** What each rule of a file will do, before it does it. */
export function stepsOf(rules: readonly Rule[], inForce: readonly Rule[]): ImportStep[] {
  const key = (rule: Rule) => Object.values(targetOf(rule)).join(' ');
  const text = (rule: Rule) => JSON.stringify(Object.entries(rule).sort());
  const old = new Map(inForce.map(rule => [key(rule), text(rule)]));
  return rules.map(rule => {
    const known = old.get(key(rule));
    return { rule, what: known === undefined ? 'added' : known === text(rule) ? 'same' : 'replaces' };
  });
}

/** A name for the file that every system takes. */
export function fileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\w-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${plain || 'overrides'}.json`;
}
