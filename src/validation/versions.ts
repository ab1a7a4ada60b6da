/** The versions of a schema: `<major>.<minor>.<patch>`. */

const VERSION = /^(\d+)\.(\d+)\.(\d+)$/;

/** The last part of a schema's URI. */
export const versionOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

/** Below 0 where `one` is older than `other`; 0 where they are equal or either is no version. */
export function compareVersions(one: string, other: string): number {
  const [, ...a] = VERSION.exec(one) ?? [];
  const [, ...b] = VERSION.exec(other) ?? [];
  if (a.length === 0 || b.length === 0) return 0;
  return a.map((part, index) => Number(part) - Number(b[index])).find(difference => difference !== 0) ?? 0;
}

/** The newest of these; null where none is a version. */
export const newestOf = (versions: readonly string[]): string | null =>
  versions
    .filter(version => VERSION.test(version))
    .toSorted(compareVersions)
    .at(-1) ?? null;
