/** What capture asks before it lets a client decide or send. `overrides` fits this interface by its shape; `page` joins them. */

import type { JsonObject } from '../record/record.ts';

export interface Forced {
  inSample: boolean;
  /** The rule that decides, as it goes into the record. */
  rule: JsonObject;
}

export interface Policy {
  /** Whether a rule forces this stream or instrument, at this moment. */
  force(kind: 'stream' | 'instrument', name: string): Forced | null;
  /** Whether an event may leave the page. `forced`: its being sent, or any byte of it, depends on an override. */
  deliver(forced: boolean): 'send' | 'hold';
}
