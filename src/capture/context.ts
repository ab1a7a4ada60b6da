/** What the page knows: identifiers, stream configs, instruments, experiments. Read from what ResourceLoader has executed. */

import type { ContextFact } from '../record/facts.ts';
import type { Client } from '../record/lists.ts';
import { config, packageExport } from './modules.ts';
import { now, own } from './natives.ts';
import { snapshot } from './text.ts';

const textConfig = (mw: object, key: string): string | undefined => {
  const value = config(mw, key);
  return typeof value === 'string' ? value : undefined;
};

export const cookiePrefix = (mw: object): string | undefined => textConfig(mw, 'wgCookiePrefix');

/** The context of a page with MediaWiki; `clients` are those seen so far. Page values go in as `Raw` text. */
export function contextOf(
  mw: object,
  clients: readonly Client[],
  session: string | undefined,
  pageview: string | undefined,
): { [K in keyof ContextFact]?: unknown } {
  const data = packageExport(mw, 'ext.eventLogging', 'ext.eventLogging/data.json');
  const kitchen = packageExport(mw, 'ext.testKitchen', 'config.json');
  const scripts = textConfig(mw, 'wgScriptPath');
  return {
    kind: 'context',
    seq: 0,
    at: now(),
    clients,
    wiki: textConfig(mw, 'wgDBname'),
    skin: textConfig(mw, 'skin'),
    api: scripts === undefined ? undefined : `${scripts}/api.php`,
    session,
    pageview,
    cookiePrefix: cookiePrefix(mw),
    lingerSeconds: snapshot(own(data, 'queueLingerSeconds')),
    intake: snapshot(own(data, 'serviceUri')),
    streams: snapshot(own(data, 'streamConfigs')),
    instruments: snapshot(own(kitchen, 'instrumentConfigs')),
    experiments: snapshot(own(kitchen, 'experimentConfigs')),
    enrollments: snapshot(config(mw, 'wgTestKitchenUserExperiments')),
  };
}
