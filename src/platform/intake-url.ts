/** Which URLs are an intake's: by path, whatever the host, since wikis have intakes of their own. */

/**
 * A URL as a page writes it, absolute or beginning with a slash. Experiments and instruments of Test
 * Kitchen post to `/evt-<id>/v2/events` and `/ins-<id>/v2/events` of the wiki itself.
 * Source: operations-mediawiki-config wmf-config (wgEventLoggingServiceUri, wgEventLoggingBaseUri and Test Kitchen's).
 */
export const INTAKE_URL =
  /^(?:[a-z]+:)?(?:\/\/[^/?#]*)?(?:\/(?:evt|ins)-[^/?#]*)?\/(?:v[12]\/events(?:[?#]|$)|beacon\/event\?)/i;

/** Of an intake's URL: whether it is the legacy beacon, whose event stands in the query, so that a GET carries one too. */
export const LEGACY_INTAKE = /\/beacon\/event\?/i;
