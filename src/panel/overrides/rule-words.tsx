import type { Rule } from '../../record/override.ts';
import { Name } from '../shared/name.tsx';
import { effectOf, subjectOf } from './words.ts';

/** What a rule is about and what it does. */
export function RuleWords({ rule }: { rule: Rule }) {
  const { kind, name } = subjectOf(rule);
  return (
    <span class="words">
      <span class="kind">{kind}</span> {name !== '' && <Name name={name} />}
      <span class="effect">{effectOf(rule)}</span>
    </span>
  );
}
