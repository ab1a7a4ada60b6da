/** One engine for a test file, as Node runs it. */

import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { createQuickJsEngine, type Limits } from '../../../src/validation/engine-quickjs.ts';
import { bundleGuest } from '../../../src/validation/guest-plugin.ts';
import type { Engine } from '../../../src/validation/types.ts';

export async function startEngine(limits: Partial<Limits> = {}): Promise<Engine> {
  return createQuickJsEngine({ guest: await bundleGuest(), variant, limits });
}
