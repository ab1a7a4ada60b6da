/** Contextual attributes of one event: asked for, attached, rightly absent, unknown, refused by the schema. */

import { at, brief, type Json } from './json.ts';
import { ALWAYS_PROVIDED } from './stream-config.ts';

/** The names that the JavaScript clients know. Source: mediawiki-libs-metrics-platform js/src/Context.js. */
const NAMES: { [group: string]: string } = {
  agent: 'client_platform client_platform_family ua_string',
  page: 'id title namespace_id namespace_name revision_id wikidata_id wikidata_qid content_language is_redirect user_groups_allowed_to_move user_groups_allowed_to_edit',
  mediawiki: 'skin version is_production is_debug_mode database site_content_language site_content_language_variant',
  performer:
    'is_logged_in id name session_id pageview_id groups is_bot is_temp language language_variant can_probably_edit_page edit_count edit_count_bucket registration_dt',
};
export const ATTRIBUTE_NAMES: readonly string[] = Object.entries(NAMES).flatMap(([group, names]) =>
  names.split(' ').map(name => `${group}_${name}`),
);

/**
 * Why an attribute can rightly be absent.
 * Source: mediawiki-extensions-TestKitchen modules/ext.testKitchen/ContextualAttributesFactory.js.
 */
const RIGHTLY_ABSENT: { [name: string]: AbsenceReason } = {
  performer_edit_count: 'logged-out',
  performer_edit_count_bucket: 'logged-out',
  performer_registration_dt: 'logged-out',
  performer_name: 'logged-out',
  performer_is_temp: 'not-set-by-page',
  performer_language_variant: 'not-set-by-page',
  page_wikidata_qid: 'not-set-by-page',
  page_user_groups_allowed_to_move: 'not-set-by-page',
  page_user_groups_allowed_to_edit: 'not-set-by-page',
  page_wikidata_id: 'never-filled',
  mediawiki_site_content_language_variant: 'never-filled',
};

export type AbsenceReason = 'logged-out' | 'not-set-by-page' | 'never-filled';

export interface Attribute {
  name: string;
  /** `always`: every client adds it, whoever asks. */
  asked: 'config' | 'always';
  state: 'attached' | 'rightly-absent' | 'absent' | 'unknown-name';
  why: AbsenceReason | null;
  value: Json | undefined;
  /** Why the schema refuses it, in English; null where it does not, or there is nothing to refuse. */
  refused: string | null;
}

/**
 * What became of each attribute that the config of a stream, instrument or experiment asks for.
 * @param asked names in the config's order, doubles and all
 * @param schema of the event, with its fragments merged; undefined where it is not known
 * @param loggedIn undefined where it is not known: then the event's `performer.is_logged_in` says it, if it has that
 */
export function attributesOf(
  asked: readonly string[],
  event: Json | undefined,
  schema: Json | undefined,
  loggedIn?: boolean,
): Attribute[] {
  const always: readonly string[] = ALWAYS_PROVIDED;
  const told = loggedIn ?? at(at(event, 'performer'), 'is_logged_in');
  return [...new Set([...asked, ...always])].map(name => {
    const [group, key] = [name.slice(0, Math.max(0, name.indexOf('_'))), name.slice(name.indexOf('_') + 1)];
    const value = at(at(event, group), key);
    const known = ATTRIBUTE_NAMES.includes(name);
    const reason = RIGHTLY_ABSENT[name] ?? null;
    const why = value === undefined && known && !(reason === 'logged-out' && told === true) ? reason : null;
    const state = !known ? 'unknown-name' : value !== undefined ? 'attached' : why ? 'rightly-absent' : 'absent';
    const refused = value === undefined ? null : refusal(schema, [group, key], value);
    return { name, asked: asked.includes(name) ? 'config' : 'always', state, why, value, refused };
  });
}

/** Why a schema refuses a value at a path: no such property where none may be added, another type, none of its values. */
function refusal(schema: Json | undefined, path: readonly string[], value: Json): string | null {
  let inner = schema;
  for (const key of path) {
    const property = at(at(inner, 'properties'), key);
    if (property === undefined) {
      const more = at(inner, 'additionalProperties');
      if (more === false) return `The schema has no "${path.join('.')}".`;
      if (more === undefined || more === true) return null;
    }
    inner = property ?? at(inner, 'additionalProperties');
  }
  const types = [at(inner, 'type') ?? []].flat();
  if (types.length > 0 && !types.some(type => isOfType(value, type))) {
    return `The schema wants ${types.join(' or ')}, not ${brief(value)}.`;
  }
  const values = at(inner, 'enum');
  if (Array.isArray(values) && !values.some(one => JSON.stringify(one) === JSON.stringify(value))) {
    return `The schema has no such value as ${brief(value)}.`;
  }
  const items = at(inner, 'items');
  if (!Array.isArray(value) || items === undefined) return null;
  return value.reduce<string | null>((found, one) => found ?? refusal(items, [], one), null);
}

function isOfType(value: Json, type: Json): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
