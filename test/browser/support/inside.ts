/** The project's own modules inside a page of the extension, whose CSP forbids `eval`: a driver may do it all the same. */

import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Surface } from '../../../src/cli/browsers/types.ts';

/**
 * Bundles a module and gives it to the page as `globalThis.inside`.
 * @param entry from the project's root
 */
export async function putInside(page: Surface, entry: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [resolve(entry)],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'inside',
    target: 'es2022',
  });
  await page.evaluate(`(() => { ${outputFiles[0]?.text ?? ''}\nglobalThis.inside = inside; })()`);
}
