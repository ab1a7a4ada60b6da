/** The standalone client as one script, which sets `window.MetricsClient` and `window.createMetricsClient`. */

import { join } from 'node:path';
import { build } from 'esbuild';
import { SOURCES } from '../real/sources.ts';

/**
 * Bundles it as its own build script does (mediawiki-libs-metrics-platform js/package.json, `build`).
 * @param sources a folder with checkouts of the real clients; the wiki's own client where absent
 */
export async function standaloneScript(sources?: string): Promise<string> {
  const checkout = SOURCES.find(({ generation }) => generation === 'standalone')?.name ?? '';
  const entry =
    sources === undefined
      ? join(import.meta.dirname, 'modules/standalone/index.js')
      : join(sources, checkout, 'js/build/index.js');
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, logLevel: 'silent' });
  return outputFiles[0]?.text ?? '';
}
