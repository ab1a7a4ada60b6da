/** What an intake's URL says: whose intake it is, and whether it is production's. */

export type Intake = 'experiments' | 'instruments' | 'analytics' | 'logging' | 'legacy' | 'other';

/** Source: operations-mediawiki-config wmf-config (wgEventLoggingServiceUri, wgWMEClientErrorIntakeURL, Test Kitchen's). */
export function intakeOf(url: string): Intake {
  if (!URL.canParse(url)) return 'other';
  const { hostname, pathname } = new URL(url);
  if (/^\/evt-[^/]+\//.test(pathname)) return 'experiments';
  if (/^\/ins-[^/]+\//.test(pathname)) return 'instruments';
  if (pathname === '/beacon/event') return 'legacy';
  if (hostname.startsWith('intake-analytics.')) return 'analytics';
  if (hostname.startsWith('intake-logging.')) return 'logging';
  return 'other';
}

const PROJECTS =
  /(?:^|\.)(?:wikipedia|wiktionary|wikibooks|wikinews|wikiquote|wikisource|wikiversity|wikivoyage|wikidata|wikifunctions|wikimedia|mediawiki|wikimediafoundation)\.org$/;

/** Whether events that go there become part of production's data: not on a local wiki, and not in the beta cluster. */
export const isProduction = (url: string): boolean => URL.canParse(url) && PROJECTS.test(new URL(url).hostname);
