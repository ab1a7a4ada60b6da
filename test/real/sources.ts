/** The real client sources that the harness can run: where they come from, at which commit, and what the wiki serves of them. */

import type { Generation } from '../wiki/generation.ts';

export interface Source {
  generation: Generation;
  /** The checkout's folder under `--sources`; with `@<commit>` where it is a work tree of a checkout beside it. */
  name: string;
  url: string;
  commit: string;
  /** ResourceLoader modules served from the checkout, as its own `extension.json` defines them. */
  modules: string[];
}

const WIKIMEDIA = 'https://github.com/wikimedia';
const EVENT_LOGGING = `${WIKIMEDIA}/mediawiki-extensions-EventLogging`;

/** EventLogging near 2022-11, near 2025-10 (with mw.xLab), and what production ran in August 2026; the standalone client. */
export const SOURCES: Source[] = [
  {
    generation: '1.39',
    name: 'EventLogging@7f05522',
    url: EVENT_LOGGING,
    commit: '7f0552212301424fd5e0f2a185113da2a6f4ec06',
    modules: ['ext.eventLogging'],
  },
  {
    generation: '1.45',
    name: 'EventLogging@6147320',
    url: EVENT_LOGGING,
    commit: '6147320573cc5c2d5ccc51f776ba084d136b38e8',
    modules: ['ext.eventLogging', 'ext.eventLogging.metricsPlatform'],
  },
  {
    generation: '1.45',
    name: 'mediawiki-extensions-MetricsPlatform',
    url: `${WIKIMEDIA}/mediawiki-extensions-MetricsPlatform`,
    commit: 'a356f010ed2d01ceca3cc58d56f71d5e1b0f7f2d',
    modules: ['ext.xLab'],
  },
  {
    generation: 'newest',
    name: 'mediawiki-extensions-EventLogging',
    url: EVENT_LOGGING,
    commit: '4879a4373fbcdb61719377b0abba48187763798c',
    modules: ['ext.eventLogging', 'ext.eventLogging.metricsPlatform'],
  },
  {
    generation: 'newest',
    name: 'mediawiki-extensions-TestKitchen',
    url: `${WIKIMEDIA}/mediawiki-extensions-TestKitchen`,
    commit: 'cb716f4d30d4cecd8bc6aa40f9efe0ff4318cd1c',
    modules: ['ext.testKitchen'],
  },
  {
    // Bundled as its own build does it; in a wiki, EventLogging carries its JavaScript.
    generation: 'standalone',
    name: 'mediawiki-libs-metrics-platform',
    url: `${WIKIMEDIA}/mediawiki-libs-metrics-platform`,
    commit: '351eaeee2ab5831108af2b7bd90e94589995f8f9',
    modules: [],
  },
];

/** An instrument of a feature, served where its checkout is there: what `--plan` judges. */
export const INSTRUMENT_SOURCE: Source = {
  generation: 'newest',
  name: 'mediawiki-extensions-WikimediaEvents',
  url: `${WIKIMEDIA}/mediawiki-extensions-WikimediaEvents`,
  commit: 'c2c15c4929b57c8e91fee787cdf538e8ae27ae78',
  modules: ['ext.wikimediaEvents.testKitchen'],
};

/**
 * The commands that make the checkouts, run in the folder that is given as `--sources`. A work tree needs the clone of
 * its repository beside it.
 */
export function howToGet(sources: Source[]): string[] {
  const inOrder = [...sources].sort((a, b) => Number(a.name.includes('@')) - Number(b.name.includes('@')));
  return inOrder.flatMap(({ name, url, commit }) => {
    const repository = url.slice(url.lastIndexOf('/') + 1);
    const clone = `git clone ${url}`;
    return name === repository
      ? [clone, `git -C ${name} checkout ${commit}`]
      : [clone, `git -C ${repository} worktree add ../${name} ${commit}`];
  });
}
