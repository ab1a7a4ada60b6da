/** Bundles the guest to the text of one script: for Vite as a module, for Node as a function. Build time only. */

import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const MODULE = 'virtual:validation-guest';
const entry = fileURLToPath(new URL('./guest.ts', import.meta.url));

/** The guest as the text of one script. Takes about 0.1 s. */
export async function bundleGuest(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: true,
      target: 'es2020',
      rollupOptions: { input: entry, output: { format: 'iife' } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunk = outputs.flatMap(output => ('output' in output ? output.output : [])).find(one => one.type === 'chunk');
  if (!chunk || chunk.type !== 'chunk') throw new Error(`Bundling ${entry} gave no script`);
  return chunk.code;
}

/** Gives the module `virtual:validation-guest`, whose default export is the guest's text. */
export function guestPlugin(): Plugin {
  return {
    name: 'validation-guest',
    resolveId: id => (id === MODULE ? `\0${MODULE}` : null),
    load: async id => (id === `\0${MODULE}` ? `export default ${JSON.stringify(await bundleGuest())};` : null),
  };
}
