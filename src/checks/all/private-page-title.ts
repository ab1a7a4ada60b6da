import { textAt } from '../../platform/json.ts';
import { NOTHING, type Check } from '../types.ts';

/** Source: operations-mediawiki-config dblists/private.dblist. */
const PRIVATE = new Set(
  (
    'arbcom_dewiki arbcom_enwiki arbcom_fiwiki arbcom_nlwiki auditcomwiki boardgovcomwiki boardwiki chairwiki chapcomwiki ' +
    'checkuserwiki collabwiki execwiki fdcwiki grantswiki ilwikimedia internalwiki movementroleswiki ' +
    'noboard_chapterswikimedia officewiki otrs_wikiwiki searchcomwiki spcomwiki stewardwiki wg_enwiki wikimaniateamwiki'
  ).split(' '),
);
const KEY = /^(?:page_?title|title)$/i;

export const privatePageTitle: Check = {
  name: 'private-page-title',
  severity: 'error',
  what: 'The event has a page’s title on a private wiki.',
  why: 'Titles of private wikis are themselves not public.',
  source: 'operations-mediawiki-config dblists/private.dblist',
  look({ event, page, leaves }) {
    const wiki =
      textAt(event, 'mediawiki', 'database') ?? textAt(event, 'wiki') ?? textAt(event, 'database') ?? page.wiki;
    if (wiki === undefined || !PRIVATE.has(wiki)) return NOTHING;
    return leaves.flatMap(({ path, key, value }) =>
      KEY.test(key) && typeof value === 'string' && value !== ''
        ? [{ message: `It is a page’s title on ${wiki}`, path }]
        : [],
    );
  },
};
