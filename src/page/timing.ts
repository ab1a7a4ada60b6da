/** What the response of a document says in `Server-Timing`: read synchronously, before any page code runs. */

/** The last entry of this name, which is where an extension's header is appended; undefined where there is none. */
export function serverTiming(page: Window, name: string): string | undefined {
  // `serverTiming` is undefined in Firefox where the context is not secure (plain http, not localhost).
  const [navigation] = page.performance.getEntriesByType('navigation') as Partial<PerformanceNavigationTiming>[];
  return navigation?.serverTiming?.findLast(timing => timing.name === name)?.description;
}

/**
 * Documents without a response of their own (about:blank, srcdoc, blob:) obey their nearest ancestor of the same origin
 * that has one. A parent of another origin throws, and leaves the document without.
 */
export function inheritedTiming(page: Window, name: string): string | undefined {
  let at = page;
  try {
    while (!at.location.protocol.startsWith('http') && at !== at.parent) at = at.parent;
    return serverTiming(at, name);
  } catch {
    return undefined;
  }
}
