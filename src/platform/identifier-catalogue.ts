/** The identifiers of the platform: where each lives, when it ends, what it looks like, and which events carry it. */

import { isIdentifier } from './identifiers.ts';
import { textAt, type Json } from './json.ts';

export const IDENTIFIER_KINDS = ['session', 'pageview', 'el-session', 'app-install', 'subject'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];
export type IdentifierPlatform = 'web' | 'android' | 'ios';

export interface IdentifierEntry {
  kind: IdentifierKind;
  platform: IdentifierPlatform;
  /** Where it lives; `<prefix>` is the wiki's `wgCookiePrefix`. */
  place: string;
  made: string;
  ends: string;
  /** Its form in words. */
  format: string;
  /** Whether a stream can be sampled by it. */
  samples: boolean;
  source: string;
}

const HEX20 = '20 lower-case hexadecimal digits';
const UUID = '8-4-4-4-12 hexadecimal digits';
const USER = 'mediawiki resources/src/mediawiki.user.js';
const JAVA = 'mediawiki-libs-metrics-platform java SessionController.java';
const SWIFT = 'mediawiki-libs-metrics-platform swift SessionController.swift';
const KITCHEN = 'mediawiki-extensions-TestKitchen includes/Coordination, modules/ext.testKitchen/enrollmentConfig.js';

/** In English. On the web the session id does not end by idleness, whatever the documentation says. */
export const CATALOGUE: readonly IdentifierEntry[] = [
  {
    kind: 'session',
    platform: 'web',
    place: 'cookie <prefix>mwuser-sessionId',
    made: 'at its first use on this wiki',
    ends: 'with the browser session',
    format: HEX20,
    samples: true,
    source: USER,
  },
  {
    kind: 'session',
    platform: 'android',
    place: 'memory of the app',
    made: 'when the app starts',
    ends: 'after 30 minutes in the background',
    format: HEX20,
    samples: true,
    source: JAVA,
  },
  {
    kind: 'session',
    platform: 'ios',
    place: 'memory of the app',
    made: 'when the app starts',
    ends: 'after more than 15 minutes in the background',
    format: `upper case, ${UUID}`,
    samples: true,
    source: SWIFT,
  },
  {
    kind: 'pageview',
    platform: 'web',
    place: 'memory of the page',
    made: 'at its first use in this page load',
    ends: 'with the page load',
    format: HEX20,
    samples: true,
    source: USER,
  },
  {
    kind: 'el-session',
    platform: 'web',
    place: 'cookie <prefix>el-sessionId',
    made: 'only when it is asked for',
    ends: 'after some 30 days, or at a sessionReset',
    format: HEX20,
    samples: false,
    source: 'mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (id)',
  },
  {
    kind: 'app-install',
    platform: 'android',
    place: 'preferences of the app',
    made: 'when the app is installed',
    ends: 'with the installation',
    format: UUID,
    samples: true,
    source: 'apps-android-wikipedia TestKitchenAdapter.kt',
  },
  {
    kind: 'app-install',
    platform: 'ios',
    place: 'UserDefaults wmf_appInstallId',
    made: 'when the app is installed',
    ends: 'with the installation',
    format: UUID,
    samples: true,
    source: 'wikipedia-ios EventPlatformClient.swift',
  },
  {
    kind: 'subject',
    platform: 'web',
    place: 'wgTestKitchenUserExperiments, or at the intake only',
    made: 'by the server or the edge, for each experiment',
    ends: 'with the experiment',
    format: '64 hexadecimal digits, "awaiting" (the intake fills it in) or "overridden" (never sent)',
    samples: false,
    source: KITCHEN,
  },
  {
    kind: 'subject',
    platform: 'android',
    place: 'the app install id',
    made: 'when the app is installed',
    ends: 'with the installation',
    format: UUID,
    samples: false,
    source: 'apps-android-wikipedia TestKitchenAdapter.kt',
  },
];

const IS_UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Whether a value has the form that this identifier has on this platform; null where the platform has no such one. */
export function hasFormat(kind: IdentifierKind, platform: IdentifierPlatform, value: string): boolean | null {
  if (!CATALOGUE.some(one => one.kind === kind && one.platform === platform)) return null;
  if (kind === 'app-install') return IS_UUID.test(value);
  if (kind === 'subject') {
    if (platform !== 'web') return IS_UUID.test(value);
    return value === 'awaiting' || value === 'overridden' || /^[\da-f]{64}$/.test(value);
  }
  return platform === 'ios' ? IS_UUID.test(value) && value === value.toUpperCase() : isIdentifier(value);
}

/** The fields of events that carry identifiers; those of legacy events stand in `event`. */
const FIELDS: readonly [IdentifierKind, ...string[]][] = [
  ['session', 'performer', 'session_id'],
  ['pageview', 'performer', 'pageview_id'],
  ['el-session', 'performer', 'active_browsing_session_token'],
  ['app-install', 'agent', 'app_install_id'],
  ['subject', 'experiment', 'subject_id'],
  ['session', 'app_session_id'],
  ['app-install', 'app_install_id'],
  ...['session_token', 'web_session_id', 'token', 'mwSessionId', 'app_session_id'].map(
    (name): [IdentifierKind, ...string[]] => ['session', 'event', name],
  ),
  ...['session_token', 'web_session_id'].map((name): [IdentifierKind, ...string[]] => ['session', name]),
  ['pageview', 'event', 'page_token'],
  ['pageview', 'event', 'pageToken'],
  ['app-install', 'event', 'app_install_id'],
];

export interface CarriedIdentifier {
  kind: IdentifierKind;
  /** The field's path, such as `performer.session_id`. */
  field: string;
  value: string;
}

/** The identifiers that an event carries. Legacy schemas use some of these names for identifiers of their own. */
export function identifiersOf(event: Json | undefined): CarriedIdentifier[] {
  return FIELDS.flatMap(([kind, ...path]) => {
    const value = textAt(event, ...path);
    return value === null ? [] : [{ kind, field: path.join('.'), value }];
  });
}
