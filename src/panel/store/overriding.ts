import type { DeliveryPolicy, Override, Rule } from '../../record/override.ts';
import type { Ask } from '../ask.ts';
import { BLANK, type Draft } from '../overrides/draft.ts';
import { type Choice, type Target, withChoice, withoutRule, withRule } from '../sampling/rules.ts';
import { failed, type PanelState, type State } from './state.ts';

/** What changes the override of the tab. */
export interface Overriding {
  /** Forces streams and instruments, or lets go of them; joined with the rules that are in force. */
  force(targets: Target[], choice: Choice): Promise<void>;
  /** Puts a rule in force, in place of what is about the same thing and of `old`. Answers whether that was taken. */
  setRule(rule: Rule, old?: Rule | null): Promise<boolean>;
  removeRule(rule: Rule): Promise<boolean>;
  /** Puts rules in force, instead of those that are or joined with them. */
  takeRules(rules: readonly Rule[], how: 'join' | 'replace'): Promise<boolean>;
  /** `target`: where events go under `redirect`. */
  policy(policy: DeliveryPolicy, target?: string): Promise<boolean>;
  /** The override ends so many milliseconds from now; so it does after later changes. */
  endIn(lasts: number): Promise<boolean>;
  /** Changes the rule that is being written. */
  write(draft: Partial<Draft>): void;
  /** Begins another rule, from a blank one, where it is written. */
  edit(draft: Partial<Draft>): void;
  label(label: Partial<PanelState['label']>): void;
  everythingOff(): Promise<void>;
}

export interface OverridingOptions {
  state: State;
  ask: Ask;
  tab: number;
  now(): number;
}

export function createOverriding({ state, ask, tab, now }: OverridingOptions): Overriding {
  async function override(next: Override | null): Promise<boolean> {
    state.setState({ overriding: true });
    try {
      if (next) await ask('override.set', { tab, override: next });
      else await ask('override.clear', { tab });
      return true;
    } catch (error) {
      failed(state, error);
      return false;
    } finally {
      state.setState({ overriding: false });
    }
  }

  /** What is in force with something else about it. A change never lets it end earlier than it would have. */
  function change(next: Partial<Override>): Promise<boolean> {
    const { override: old, lasts } = state.getState();
    const until = Math.max(now() + lasts, old?.until ?? 0);
    return override({ rules: [], policy: 'hold-forced', ...old, until, ...next });
  }

  /** Without rules nothing is forced; but that nothing is to be sent, or elsewhere, holds without them too. */
  function rulesAre(rules: Rule[]): Promise<boolean> {
    const policy = state.getState().override?.policy;
    const ends = rules.length === 0 && policy !== 'hold-all' && policy !== 'redirect';
    return ends ? override(null) : change({ rules });
  }

  const inForce = () => state.getState().override?.rules ?? [];

  return {
    async force(targets, choice) {
      await rulesAre(targets.reduce((all, target) => withChoice(all, target, choice), inForce()));
    },
    setRule: (rule, old = null) => rulesAre(withRule(inForce(), rule, old)),
    removeRule: rule => rulesAre(withoutRule(inForce(), rule)),
    takeRules: (rules, how) =>
      rulesAre(rules.reduce((all, rule) => withRule(all, rule), how === 'join' ? inForce() : [])),
    async policy(policy, target) {
      const { override: old, lasts } = state.getState();
      const { rules = [], until = 0 } = old ?? {};
      const end = Math.max(now() + lasts, until);
      return override({ rules, policy, until: end, ...(target !== undefined && { target }) });
    },
    async endIn(lasts) {
      state.setState({ lasts });
      return state.getState().override ? change({ until: now() + lasts }) : true;
    },
    write: draft => state.setState(old => ({ draft: { ...old.draft, ...draft } })),
    edit: draft => state.setState({ draft: { ...BLANK, ...draft }, view: 'overrides' }),
    label: label => state.setState(old => ({ label: { ...old.label, ...label } })),
    async everythingOff() {
      await override(null);
    },
  };
}

/** The state with what the background says is in force. */
export function withOverride(old: PanelState, override: Override | null, now: number): Partial<PanelState> {
  const same = JSON.stringify(old.override?.rules) === JSON.stringify(override?.rules);
  return { override, since: same ? old.since : now };
}
