/** Override rules of one tab: what they are, and what of them a page receives. Pure types; no browser, no DOM. */

import type { JsonObject } from './record.ts';

/** In or out of sample, or sampled at another rate, from 0 to 1. */
export type Force = 'in' | 'out' | number;

/** One kind of thing each, named by its first field. */
export type Rule =
  | { stream: string; sample: Force }
  | { instrument: string; sample: Force }
  /** What `Schema#log` lets through, of one legacy schema. */
  | { schema: string; sample: Force }
  /** What `sessionInSample` and `pageviewInSample` answer. */
  | { population: 'session' | 'pageview'; sample: Force }
  /** The identifier that clients read. */
  | { session: string }
  | { pageview: string }
  /** `enrolled`: as the server would, so that events are sent; `mpo`: as the platform's own override does, without events. */
  | { experiment: string; group: string | null; as: 'enrolled' | 'mpo' }
  /** A stream config that the client does not have, or has otherwise. */
  | { config: string; value: JsonObject }
  | { exposures: 'clear' }
  | { cookies: 'off' }
  /** An intake of the user's own answers after it has validated. */
  | { hasty: 'off' };

type KeysOf<T> = T extends unknown ? keyof T : never;
/** The first field of a rule. */
export type RuleKind = Exclude<KeysOf<Rule>, 'sample' | 'group' | 'as' | 'value'>;
export type RuleOf<K extends RuleKind> = K extends unknown ? Extract<Rule, { [key in K]: unknown }> : never;

/**
 * What happens to events while rules are on. `hold-forced` is the default; `hold-all` sends nothing (dry run);
 * `redirect` sends all of them to an intake of the user's own.
 */
export type DeliveryPolicy = 'deliver' | 'hold-forced' | 'hold-all' | 'redirect';

/** What the background keeps for a tab, and the panel shows. */
export interface Override {
  rules: Rule[];
  policy: DeliveryPolicy;
  /** Where events go under `redirect`: a URL of the user's own. */
  target?: string;
  /** Milliseconds since the epoch: when it ends by itself. */
  until: number;
}

/** What a page receives: no name, no note, no secret. */
export type PageRules = Omit<Override, 'target'> & { v: 1 };
