import type { JsonObject } from '../record/record.ts';
import type { PageLoad } from '../log/types.ts';
import type { StreamConfigs } from '../validation/types.ts';
import type { Ask } from './ask.ts';

/** The stream configs of one wiki, as its API gives them; `cause` says why there are none. */
export type Streams = { configs: StreamConfigs; cause: string | null };

export interface StreamReader {
  /** The stream configs for events of this page load: read once an origin, waited for while the page says nothing yet. */
  of(load: PageLoad): Promise<Streams>;
  /** Forgets what could not be read, so that the next page load tries again. */
  retry(): void;
}

/** Where the action API of a page is, and what that was worked out from. */
interface Api {
  page: string;
  path: unknown;
  api: string | null;
}

/** Production's answer is 300 kB. */
const LIMIT = 4_000_000;

/**
 * Reads `action=streamconfigs` (mediawiki-extensions-EventStreamConfig includes/ApiStreamConfigs.php) of the page's own
 * origin. The API's path comes from the page and is hostile: it can only name a place on the page's own origin.
 */
export function createStreamReader(ask: Ask): StreamReader {
  const read = new Map<string, Promise<Streams>>();
  const failed = new Set<string>();
  const apis = new WeakMap<PageLoad, Api>();

  /** Asked for every event: worked out anew only where the page says something else. */
  function apiOf(load: PageLoad): string | null {
    const path = load.context?.api;
    const known = apis.get(load);
    if (known?.page === load.url && known.path === path) return known.api;
    const api = apiUrl(load.url, path);
    apis.set(load, { page: load.url, path, api });
    return api;
  }

  return {
    async of(load) {
      const url = apiOf(load);
      if (!url) return { configs: null, cause: 'the page names no API' };
      const known = read.get(url);
      if (known) return known;
      const reading = readStreams(ask, url).then(streams => {
        if (streams.configs === null) failed.add(url);
        return streams;
      });
      read.set(url, reading);
      return reading;
    },
    retry() {
      for (const url of failed) read.delete(url);
      failed.clear();
    },
  };
}

function apiUrl(address: string, path: unknown): string | null {
  if (typeof path !== 'string') return null;
  try {
    const page = new URL(address);
    const api = new URL(path, page.origin);
    if (api.origin !== page.origin || !/^https?:$/.test(api.protocol)) return null;
    api.search = '?action=streamconfigs&format=json&formatversion=2';
    api.hash = '';
    return api.href;
  } catch {
    return null;
  }
}

async function readStreams(ask: Ask, url: string): Promise<Streams> {
  try {
    const answer = await ask('fetch', { url, limit: LIMIT });
    if (!answer.ok) return { configs: null, cause: `${url}: ${answer.status ?? ''} ${answer.reason}` };
    const configs = streamsOf(JSON.parse(answer.text));
    return configs ? { configs, cause: null } : { configs: null, cause: `${url} answers without stream configs` };
  } catch (error) {
    return { configs: null, cause: `${url}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The API's answer: `{streams: {<name>: {...}}}`, where an empty list is `[]`, as PHP has it. */
function streamsOf(answer: unknown): StreamConfigs {
  const streams = isObject(answer) ? answer['streams'] : undefined;
  if (Array.isArray(streams)) return {};
  if (!isObject(streams)) return null;
  return Object.fromEntries(
    Object.entries(streams).filter((entry): entry is [string, JsonObject] => isObject(entry[1])),
  );
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
