/** What may be asked of a repository. A page's `$schema` never becomes an arbitrary request. */

const PATTERN = /^(?:\/[A-Za-z0-9_.-]+)+\/(?:\d+\.\d+\.\d+|latest|current)$/;
const MOST_CHARACTERS = 256;

/** Whether this is `/<title>/<version>` and nothing else: no host, no query, no `.` or `..` segment. */
export function isSchemaUri(uri: string): boolean {
  return uri.length <= MOST_CHARACTERS && PATTERN.test(uri) && !/\/\.\.?\//.test(uri);
}

/** Whether what is found there never changes: `latest` and `current` move. */
export const isImmutable = (uri: string) => !/\/(?:latest|current)$/.test(uri);
