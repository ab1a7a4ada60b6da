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

/** Production's answer is 300 kB. */
const LIMIT = 4_000_000;

/**
 * Reads `action=streamconfigs` (mediawiki-extensions-EventStreamConfig includes/ApiStreamConfigs.php) of the page's own
 * origin. The API's path comes from the page and is hostile: it can only name a place on the page's own origin.
 */
export function createStreamReader(ask: Ask): StreamReader {
  const read = new Map<string, Promise<Streams>>();
  const failed = new Set<string>();

  return {
    async of(load) {
      const url = apiUrl(load);
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

function apiUrl(load: PageLoad): string | null {
  const path = load.context?.api;
  if (typeof path !== 'string') return null;
  try {
    const page = new URL(load.url);
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
