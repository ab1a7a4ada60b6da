import { instrumentRates, streamSamples, type WikiRate } from '../../platform/explain/rates.ts';
import { at, type Json } from '../../platform/json.ts';
import type { FetchAnswer } from '../../wire/protocol.ts';
import type { Target } from './rules.ts';

/** Where Test Kitchen tells its instruments, of all wikis at once. */
export const TEST_KITCHEN = 'https://test-kitchen.wikimedia.org/api/v1/instruments';
/** Wikis whose stream configs differ in production, and one of each family of them. */
export const WIKIS = 'en.wikipedia.org de.wikipedia.org test.wikipedia.org www.wikidata.org commons.wikimedia.org';

const LIMIT = 4_000_000;

/** One wiki's rate; `why` says why there is none. */
export interface RateRow {
  /** Null: the default of all wikis that are not named. */
  wiki: string | null;
  unit: string | null;
  rate: number | null;
  why: 'not-configured' | 'malformed' | 'unread' | null;
}

type Read = (url: string, limit: number) => Promise<FetchAnswer>;

/**
 * The rates of an instrument on each wiki that Test Kitchen's API names, or of a stream on these wikis.
 * @param source the API's address for an instrument; for a stream the hosts of wikis, by spaces or commas
 */
export async function ratesOf({ kind, name }: Target, source: string, read: Read): Promise<RateRow[]> {
  if (kind === 'instrument') return instrumentRows(await json(source, read), name);
  const hosts = source.split(/[\s,]+/).filter(Boolean);
  return Promise.all(hosts.map(async host => streamRow(host, await json(streamsUrl(host, name), read), name)));
}

/** A host, or an origin where the wiki is not at https. */
const streamsUrl = (host: string, stream: string) =>
  `${/^https?:/.test(host) ? host.replace(/\/$/, '') : `https://${host}`}/w/api.php?action=streamconfigs&format=json&formatversion=2&streams=${encodeURIComponent(stream)}`;

async function json(url: string, read: Read): Promise<Json | undefined> {
  try {
    const answer = await read(url, LIMIT);
    return answer.ok ? (JSON.parse(answer.text) as Json) : undefined;
  } catch {
    return undefined;
  }
}

function instrumentRows(answer: Json | undefined, name: string): RateRow[] {
  if (!Array.isArray(answer)) return [{ wiki: null, unit: null, rate: null, why: 'unread' }];
  const entry = answer.find(one => at(one, 'name') === name || at(one, 'slug') === name);
  if (entry === undefined) return [{ wiki: null, unit: null, rate: null, why: 'not-configured' }];
  return instrumentRates(entry).map(({ wiki, unit, rate, malformed }: WikiRate) => ({
    wiki,
    unit,
    rate,
    why: malformed ? 'malformed' : null,
  }));
}

function streamRow(wiki: string, answer: Json | undefined, stream: string): RateRow {
  if (at(answer, 'streams') === undefined) return { wiki, unit: null, rate: null, why: 'unread' };
  const sample = streamSamples({ [wiki]: answer as Json }, stream)[0]?.sample;
  if (sample === undefined) return { wiki, unit: null, rate: null, why: 'not-configured' };
  // without a sample every event is taken
  const [unit, rate] = [at(sample, 'unit'), sample === null ? 1 : at(sample, 'rate')];
  const isRate = typeof rate === 'number';
  return {
    wiki,
    unit: typeof unit === 'string' ? unit : null,
    rate: isRate ? rate : null,
    why: isRate ? null : 'malformed',
  };
}
