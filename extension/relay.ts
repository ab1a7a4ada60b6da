/** The isolated world of every frame of a permitted host, at document_start, before the hook. */

import type { Extension, Runtime, Storage } from 'webextension-polyfill';
import type { Unforced } from '../src/record/facts.ts';
import { LEFT } from '../src/wire/protocol.ts';
import { type RelayPort, startRelay } from '../src/wire/relay.ts';

declare global {
  /** The isolated world is ours alone: what another of our content scripts leaves here, no page can read. */
  var __inspectorRules: ((json: string) => void) | undefined;
  var __inspectorRulesEarly: string | undefined;
  var __inspectorUnforced: Unforced | undefined;
  var browser: Api | undefined;
  var chrome: Api;
}

interface Api {
  runtime: Runtime.Static;
  storage: Storage.Static;
  extension: Extension.Static;
}

// Not the polyfill: it would cost every frame ten times what the relay does, for functions that are the same in both.
const { runtime, storage, extension } = globalThis.browser ?? globalThis.chrome;

// A relay of this extension that still lives has taken the page's channel already.
if (!globalThis.__inspectorRules) {
  const load = crypto.getRandomValues(new Uint32Array(3)).reduce((id, part) => id + part.toString(36), '');
  let left = 0;
  const relay = startRelay(
    {
      connect: name => runtime.connect({ name }) as RelayPort,
      isThere: () => (runtime.id as string | undefined) !== undefined,
      leaveBehind(message) {
        // What happens in a private window is written nowhere.
        if (!extension.inIncognitoContext) void storage.local.set({ [`${LEFT}${load}:${left++}`]: message });
      },
      unforced: () => globalThis.__inspectorUnforced,
      onWake: wake =>
        runtime.onMessage.addListener((message: unknown) => {
          if ((message as { type?: unknown } | null)?.type === 'wake') wake();
          return undefined;
        }),
    },
    load,
  );
  globalThis.__inspectorRules = relay.rules;
  if (globalThis.__inspectorRulesEarly !== undefined) relay.rules(globalThis.__inspectorRulesEarly);
}
