/** The contextual attributes, read once per page load; the two identifiers stay live. */
module.exports = function readAttributes() {
  const get = mw.config.get.bind(mw.config);
  const version = String(get('wgVersion'));
  const groups = get('wgUserGroups', []);
  const loggedIn = !mw.user.isAnon();
  const performer = {
    is_logged_in: loggedIn,
    id: mw.user.getId(),
    name: mw.user.getName(),
    groups,
    is_bot: groups.includes('bot'),
    is_temp: get('wgUserIsTemp'),
    language: get('wgUserLanguage'),
    language_variant: get('wgUserVariant'),
    can_probably_edit_page: get('wgIsProbablyEditable'),
  };
  if (loggedIn) {
    performer.edit_count = get('wgUserEditCount');
    performer.edit_count_bucket = get('wgUserEditCountBucket');
    performer.registration_dt = new Date(get('wgUserRegistration')).toISOString();
  }
  Object.defineProperties(performer, {
    session_id: { get: () => mw.user.sessionId() },
    pageview_id: { get: () => mw.user.getPageviewToken() },
  });
  return {
    agent: {
      client_platform: 'mediawiki_js',
      client_platform_family: get('wgMFMode') === null ? 'desktop_browser' : 'mobile_browser',
      ua_string: navigator.userAgent,
    },
    page: {
      id: get('wgArticleId'),
      title: get('wgTitle'),
      namespace_id: get('wgNamespaceNumber'),
      namespace_name: get('wgCanonicalNamespace'),
      revision_id: get('wgRevisionId'),
      wikidata_qid: get('wgWikibaseItemId'),
      content_language: get('wgPageContentLanguage'),
      is_redirect: get('wgIsRedirect'),
      user_groups_allowed_to_move: get('wgRestrictionMove'),
      user_groups_allowed_to_edit: get('wgRestrictionEdit'),
    },
    mediawiki: {
      skin: get('skin'),
      version,
      is_production: version.includes('wmf'),
      is_debug_mode: get('debug'),
      database: get('wgDBname'),
      site_content_language: get('wgContentLanguage'),
    },
    performer,
  };
};
