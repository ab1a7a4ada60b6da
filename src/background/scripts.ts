/** The content scripts that the manifest does not name: those of granted hosts, and the one that asks for rules. */

import type { Browser, Scripting } from 'webextension-polyfill';

type Script = Scripting.RegisteredContentScript;

/** In the order of the manifest: the relay waits for the hook's greeting, so it runs first. */
export const HOOK_SCRIPTS = [
  { file: 'relay.js', world: 'ISOLATED' },
  { file: 'page.js', world: 'MAIN' },
] as const;

/**
 * Makes the registered scripts agree with the granted hosts.
 * @param overriding whether any tab is under override; only then do pages ask for rules
 */
export async function registerScripts(browser: Browser, overriding: boolean): Promise<void> {
  const wanted = await scriptsFor(browser, overriding);
  const present = await browser.scripting.getRegisteredContentScripts();
  const stale = present.filter(old => !wanted.some(script => isSame(old, script))).map(({ id }) => id);
  const missing = wanted.filter(script => !present.some(old => isSame(old, script)));
  if (stale.length) await browser.scripting.unregisterContentScripts({ ids: stale });
  if (missing.length) await browser.scripting.registerContentScripts(missing);
}

/** The hosts beyond the manifest's own, as match patterns such as `https://some.wiki/*`. */
async function grantedOrigins(browser: Browser): Promise<string[]> {
  const builtIn = browser.runtime.getManifest().host_permissions ?? [];
  const { origins = [] } = await browser.permissions.getAll();
  return origins.filter(origin => !builtIn.includes(origin));
}

async function scriptsFor(browser: Browser, overriding: boolean): Promise<Script[]> {
  const builtIn = browser.runtime.getManifest().host_permissions ?? [];
  const granted = await grantedOrigins(browser);
  const scripts: Script[] = [];
  if (granted.length) {
    HOOK_SCRIPTS.forEach(({ file, world }, index) =>
      scripts.push({
        ...script(`${index + 1}-${file}`, file, granted),
        // Built-in hosts have the manifest's scripts already, also under a grant for everything.
        excludeMatches: builtIn,
        world,
        // A grant outlives the browser: the first page after its next start is watched before anything wakes us.
        persistAcrossSessions: true,
      }),
    );
  }
  if (overriding) scripts.push(script('3-rules.js', 'rules.js', [...builtIn, ...granted]));
  return scripts;
}

function script(id: string, file: string, matches: string[]): Script {
  return {
    id,
    js: [file],
    matches,
    allFrames: true,
    matchOriginAsFallback: true,
    runAt: 'document_start',
    persistAcrossSessions: false,
  };
}

function isSame(a: Script, b: Script): boolean {
  return a.id === b.id && [...(a.matches ?? [])].sort().join() === [...(b.matches ?? [])].sort().join();
}
