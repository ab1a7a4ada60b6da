/** What the page knows: identifiers, stream configs, instruments, experiments. Read from what ResourceLoader has executed. */

import type { Client } from '../record/lists.ts';
import { cookieEnabled } from './cookies.ts';
import { aside, exposureLog } from './exposures.ts';
import { cookieId, identifiers, SESSION_COOKIE } from './identifiers.ts';
import { attribute } from './interaction.ts';
import { standalone } from './library.ts';
import { config, packageExport } from './modules.ts';
import { assign, getter, now, own, quietly } from './natives.ts';
import { type Draft, draft } from './recorder.ts';
import { snapshot } from './text.ts';

const bodyOf = getter(Document.prototype, 'body');

/**
 * The context of a page, `mw` being its MediaWiki where it has one, in the terms of ContextFact; `clients` are those seen
 * so far, `enrolled` is what the response's `Server-Timing: WMF-Uniq` says.
 */
export function contextOf(mw: object | undefined, clients: readonly Client[], enrolled: string): Draft {
  const fact = draft('context', now());
  const text = (key: string) => {
    const value = config(mw, key);
    return typeof value === 'string' ? value : undefined;
  };
  const data = (key: string) => snapshot(own(packageExport(mw, 'ext.eventLogging', 'ext.eventLogging/data.json'), key));
  const kitchen = (key: string) =>
    snapshot(
      own(packageExport(mw, 'ext.testKitchen', 'config.json') ?? packageExport(mw, 'ext.xLab', 'config.json'), key),
    );
  const scripts = text('wgScriptPath');
  fact['clients'] = clients;
  fact['wiki'] = text('wgDBname');
  fact['skin'] = text('skin');
  if (mw) fact['user'] = userType(mw, text('wgUserName'));
  fact['language'] = text('wgUserLanguage');
  fact['mediawiki'] = text('wgVersion');
  if (scripts !== undefined) fact['api'] = `${scripts}/api.php`;
  assign(fact, identifiers);
  fact['cookiePrefix'] = text('wgCookiePrefix');
  fact['cookieEnabled'] = cookieEnabled();
  quietly(() => {
    fact['sessionCookie'] = cookieId(mw, SESSION_COOKIE);
    fact['elSession'] = cookieId(mw, 'el-sessionId');
  });
  fact['lingerSeconds'] = data('queueLingerSeconds');
  fact['intake'] = data('serviceUri');
  fact['streams'] = data('streamConfigs') ?? snapshot(own(standalone, 'streamConfigs'));
  fact['instruments'] = kitchen('instrumentConfigs');
  fact['experiments'] = kitchen('experimentConfigs');
  fact['enrollments'] = snapshot(
    config(mw, 'wgTestKitchenUserExperiments') ?? config(mw, 'wgMetricsPlatformUserExperiments'),
  );
  fact['header'] = enrolled;
  // None where the parser has made no body yet: the context is then told again.
  fact['bodyClass'] = quietly(() => attribute(bodyOf(document), 'class') ?? '');
  fact['exposures'] = exposureLog();
  fact['aside'] = aside;
  return fact;
}

const userType = (mw: object, name: string | undefined) =>
  name === undefined ? 'anonymous' : config(mw, 'wgUserIsTemp') === true ? 'temporary' : 'named';
