/** Where a check's source can be read: the sources are named as people cite them. */

const GITHUB = 'https://github.com/wikimedia/';

/** @returns an https URL; null for what has no address of its own */
function linkOf(part: string): string | null {
  if (part.startsWith('https://')) return part;
  if (part.startsWith('Legal:')) return `https://foundation.wikimedia.org/wiki/${part}`;
  const [, page] = /^wikitech, ([^(]+)/.exec(part) ?? [];
  if (page !== undefined) return `https://wikitech.wikimedia.org/wiki/${encodeURI(page.trim().replaceAll(' ', '_'))}`;
  if (part.startsWith('Fetch standard')) return 'https://fetch.spec.whatwg.org/#http-network-or-cache-fetch';
  const [, repository, path] =
    /^(mediawiki[\w-]*|operations-mediawiki-config)(?: ([\w./-]+\/[\w./-]+))?/.exec(part) ?? [];
  if (repository === undefined) return null;
  return path === undefined ? GITHUB + repository : `${GITHUB}${repository}/blob/HEAD/${path}`;
}

/** A check's source in its parts, each with its address where it has one. */
export const sourcesOf = (source: string): { text: string; href: string | null }[] =>
  source.split('; ').map(text => ({ text, href: linkOf(text) }));
