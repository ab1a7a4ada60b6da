/** The real client sources that the harness can run: where they come from, at which commit, and what the wiki serves of them. */

export interface Source {
  /** The checkout's folder under `--sources`. */
  name: string;
  url: string;
  commit: string;
  /** ResourceLoader modules served from the checkout, as its own `extension.json` defines them. */
  modules: string[];
}

/** The newest generation: what production ran in August 2026. */
export const SOURCES: Source[] = [
  {
    name: 'mediawiki-extensions-EventLogging',
    url: 'https://github.com/wikimedia/mediawiki-extensions-EventLogging',
    commit: '4879a4373fbcdb61719377b0abba48187763798c',
    modules: ['ext.eventLogging', 'ext.eventLogging.metricsPlatform'],
  },
  {
    name: 'mediawiki-extensions-TestKitchen',
    url: 'https://github.com/wikimedia/mediawiki-extensions-TestKitchen',
    commit: 'cb716f4d30d4cecd8bc6aa40f9efe0ff4318cd1c',
    modules: ['ext.testKitchen'],
  },
  {
    // EventLogging carries its JavaScript: no module of its own in a wiki.
    name: 'mediawiki-libs-metrics-platform',
    url: 'https://github.com/wikimedia/mediawiki-libs-metrics-platform',
    commit: '351eaeee2ab5831108af2b7bd90e94589995f8f9',
    modules: [],
  },
];
