/* Attributes are named `<group>_<key>`, split at the first underscore, and live at `<group>.<key>`. */
const GROUPS = {
  agent: ['client_platform', 'client_platform_family', 'ua_string'],
  page: [
    'id',
    'title',
    'namespace_id',
    'namespace_name',
    'revision_id',
    'wikidata_id',
    'wikidata_qid',
    'content_language',
    'is_redirect',
    'user_groups_allowed_to_move',
    'user_groups_allowed_to_edit',
  ],
  mediawiki: [
    'skin',
    'version',
    'is_production',
    'is_debug_mode',
    'database',
    'site_content_language',
    'site_content_language_variant',
  ],
  performer: [
    'is_logged_in',
    'id',
    'name',
    'session_id',
    'pageview_id',
    'groups',
    'is_bot',
    'is_temp',
    'language',
    'language_variant',
    'can_probably_edit_page',
    'edit_count',
    'edit_count_bucket',
    'registration_dt',
  ],
};
const NAMES = Object.entries(GROUPS).flatMap(([group, keys]) => keys.map(key => `${group}_${key}`));

function split(name) {
  const at = name.indexOf('_');
  return [name.slice(0, at), name.slice(at + 1)];
}

function getAttributeByName(from, name) {
  const [group, key] = split(name);
  return from[group]?.[key] ?? null;
}

function copyAttributeByName(from, to, name) {
  const value = getAttributeByName(from, name);
  if (value === null) return;
  const [group, key] = split(name);
  to[group] = to[group] || {};
  to[group][key] = value;
}

function copyAttributes(from, to) {
  for (const name of NAMES) copyAttributeByName(from, to, name);
}

module.exports = { getAttributeByName, copyAttributeByName, copyAttributes };
