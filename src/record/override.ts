/** Override rules of one tab: what they are, and what of them a page receives. Pure types; no browser, no DOM. */

export type Force = 'in' | 'out';

export type Rule = { stream: string; sample: Force } | { instrument: string; sample: Force };

/** What happens to events while rules are on. `hold-forced` is the default; `hold-all` sends nothing (dry run). */
export type DeliveryPolicy = 'deliver' | 'hold-forced' | 'hold-all';

/** What the background keeps for a tab, and the panel shows. */
export interface Override {
  rules: Rule[];
  policy: DeliveryPolicy;
  /** Milliseconds since the epoch: when it ends by itself. */
  until: number;
}

/** What a page receives: no name, no note, no secret. */
export type PageRules = Override & { v: 1 };
