/** The contextual attributes: their names, and which of them a page may have no value for. */

import { at } from '../platform/json.ts';
import { provideValuesOf } from '../platform/stream-config.ts';
import type { JsonObject } from '../record/record.ts';
import type { Subject } from './types.ts';

const names = (group: string, keys: string) => keys.split(' ').map(key => `${group}_${key}`);

/** Source: mediawiki-libs-metrics-platform js/src/Context.js (VALID_ATTRIBUTE_NAMES), and those that 1.42 to 1.45 had. */
const WEB = [
  ...names('agent', 'client_platform client_platform_family ua_string'),
  ...names('page', 'id title namespace_id namespace_name revision_id wikidata_id wikidata_qid content_language'),
  ...names('page', 'is_redirect user_groups_allowed_to_move user_groups_allowed_to_edit'),
  ...names('mediawiki', 'skin version is_production is_debug_mode database'),
  ...names('mediawiki', 'site_content_language site_content_language_variant'),
  ...names('performer', 'is_logged_in id name session_id pageview_id groups is_bot is_temp language'),
  ...names('performer', 'language_variant can_probably_edit_page edit_count edit_count_bucket registration_dt'),
  'performer_active_browsing_session_token',
];

/** Source: mediawiki-libs-metrics-platform java/src/main (ContextController). */
const APPS = [
  ...names('agent', 'app_flavor app_install_id app_theme app_version app_version_name device_family'),
  ...names('agent', 'device_language release_status'),
  ...names('performer', 'language_groups language_primary'),
];

const KNOWN = new Set([...WEB, ...APPS]);

export const isAttribute = (name: string): boolean => KNOWN.has(name);

/**
 * Those that a client leaves out where the page has no value: pages without an item, special pages, wikis without
 * variants, attributes that are listed and never filled.
 * Source: mediawiki-extensions-TestKitchen modules/ext.testKitchen/ContextualAttributesFactory.js.
 */
const OPTIONAL = new Set([
  ...names('page', 'wikidata_id wikidata_qid revision_id content_language namespace_name'),
  ...names('page', 'user_groups_allowed_to_move user_groups_allowed_to_edit is_redirect'),
  ...names('mediawiki', 'site_content_language_variant is_debug_mode'),
  ...names('performer', 'language_variant groups active_browsing_session_token can_probably_edit_page'),
  ...APPS,
]);
const OF_USERS = new Set(names('performer', 'id name edit_count edit_count_bucket registration_dt'));

/** Whether an event may lack an attribute that was asked for. */
export function mayBeMissing(name: string, event: JsonObject): boolean {
  if (OPTIONAL.has(name) || !KNOWN.has(name)) return true;
  return OF_USERS.has(name) && at(at(event, 'performer'), 'is_logged_in') !== true;
}

/** `performer_session_id` is `session_id` in `performer`: the first underscore divides. */
export function placeOf(name: string): [group: string, key: string] {
  const split = name.indexOf('_');
  return [name.slice(0, split), name.slice(split + 1)];
}

const ADDS = ['submitInteraction', 'submitClick'];

/**
 * The attributes that the client was asked to add to this event; null where that is not known, or nothing was asked.
 * Test Kitchen reads them from its own configuration, the others from the stream's.
 */
export function requestedOf({ record, event, config, page }: Subject): string[] | null {
  const { api, client, instrument, experiment } = record;
  if (client === 'test-kitchen' || client === 'xlab') {
    const [configs, name] = experiment === null ? [page.instruments, instrument] : [page.experiments, experiment];
    const values = name === null ? undefined : at(at(configs, name), 'contextual_attributes');
    return Array.isArray(values) ? values.filter(value => typeof value === 'string') : null;
  }
  // Of an event without its call, only that it has an agent tells that context was added to it.
  const added = api === '' ? at(at(event, 'agent'), 'client_platform') === 'mediawiki_js' : ADDS.includes(api);
  return added && config ? provideValuesOf(config) : null;
}
