import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig, type EnvironmentOptions } from 'vite';
import { guestPlugin } from './src/validation/guest-plugin.ts';

/** Scripts that a browser loads as one classic file: content scripts, the background, the validator's worker. */
const SCRIPTS = ['page', 'relay', 'rules', 'background', 'validator'];
const PAGES = ['devtools', 'panel', 'popup'];

const at = (file: string) => resolve(import.meta.dirname, file);

function script(name: string): EnvironmentOptions {
  return {
    consumer: 'client',
    build: {
      outDir: at('dist/code'),
      emptyOutDir: false,
      copyPublicDir: false,
      minify: true,
      // The validator carries a wasm of 0.5 MB as text.
      chunkSizeWarningLimit: 2_000,
      target: ['chrome128', 'firefox128'],
      rollupOptions: {
        input: at(`extension/${name}.ts`),
        output: { format: 'iife', entryFileNames: `${name}.js` },
        // QuickJS asks `import.meta` where its wasm is, and has it within itself.
        onLog: (level, log, tell) => void (log.code === 'EMPTY_IMPORT_META' || tell(level, log)),
      },
    },
  };
}

/** Builds the code once, into dist/code; `src/cli/build.ts` makes dist/chromium and dist/firefox of it. */
export default defineConfig({
  root: at('extension'),
  publicDir: at('public'),
  base: './',
  plugins: [preact({ reactAliasesEnabled: false, devToolsEnabled: false }), guestPlugin()],
  define: { __VERSION__: JSON.stringify(JSON.parse(readFileSync(at('manifest.json'), 'utf8')).version) },
  builder: {
    async buildApp(builder) {
      // One after the other: each writes into the same folder, which the first empties.
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
  environments: {
    client: {
      build: {
        outDir: at('dist/code'),
        emptyOutDir: true,
        modulePreload: { polyfill: false },
        target: ['chrome128', 'firefox128'],
        rollupOptions: { input: PAGES.map(name => at(`extension/${name}.html`)) },
      },
    },
    ...Object.fromEntries(SCRIPTS.map(name => [name, script(name)])),
  },
});
