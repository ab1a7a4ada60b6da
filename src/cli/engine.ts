/** The validation engine for commands: the panel's own, with the same limits, in this process. */

import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { createQuickJsEngine } from '../validation/engine-quickjs.ts';
import { bundleGuest } from '../validation/guest-plugin.ts';
import { parseSchema } from '../validation/schema-text.ts';
import type { Engine, ParseSchema } from '../validation/types.ts';

export async function startEngine(): Promise<Engine & { parse: ParseSchema }> {
  const engine = createQuickJsEngine({ guest: await bundleGuest(), variant });
  return { ...engine, parse: async text => parseSchema(text) };
}
