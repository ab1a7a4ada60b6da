/** Bundles the guest to the text of one script: for Vite as a module, for Node as a function. Build time only. */

import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const MODULE = 'virtual:validation-guest';
const entry = fileURLToPath(new URL('./guest.ts', import.meta.url));

/**
 * Ajv counts the code points of every string that has a length limit, which inside QuickJS takes longer than all else
 * together. Between a half and all of a string's UTF-16 units are code points, so that most strings need no counting:
 * wherever the limit is not between the two, the units compare with it as the code points would.
 */
const quickLengths: Plugin = {
  name: 'quick-lengths',
  transform(code, id) {
    const [file, from, to] = EDITS.find(([end]) => id.endsWith(`/node_modules/ajv/lib/${end}`)) ?? [];
    if (!file || !from || !to) return null;
    if (code.split(from).length !== 2) throw new Error(`Ajv's ${file} is not as it was: ${from}`);
    return { code: code.replace(from, () => to), map: null };
  },
};

const EDITS: [file: string, from: string, to: string][] = [
  ['dotjs/_limitLength.js', "($data) + ') '", "($data) + ', ' + ($schemaValue) + ') '"],
  [
    'compile/ucs2length.js',
    'var length = 0',
    'if (str.length < arguments[1] || str.length > 2 * arguments[1]) return str.length; var length = 0',
  ],
];

/** The guest as the text of one script. Takes about 0.1 s. */
export async function bundleGuest(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [quickLengths],
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
