/** What capture asks before it lets a client decide or send. `overrides` fits this interface by its shape; `page` joins them. */

import type { Rule, RuleKind, RuleOf } from '../record/override.ts';

export interface Policy {
  /** The rule in force for this thing, at this moment. `name`: which one, where there are many of a kind. */
  rule<K extends RuleKind>(kind: K, name?: string): RuleOf<K> | null;
  /** All rules of a kind that are in force. */
  each<K extends RuleKind>(kind: K, see: (rule: RuleOf<K>) => void): void;
  /** The rules in force for which every event of the document is forced; null where there are none. */
  tainting(): readonly Rule[] | null;
  /** Whether any rule is in force. */
  isOn(): boolean;
  /** Whether an event may leave the page. `forced`: its being sent, or any byte of it, depends on an override. */
  deliver(forced: boolean): 'send' | 'hold' | 'redirect';
}
