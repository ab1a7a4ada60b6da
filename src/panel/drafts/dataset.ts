import { titleOf } from '../../platform/intake.ts';
import { isJsonObject, textAt } from '../../platform/json.ts';
import type { JsonObject, Record } from '../../record/record.ts';
import { createTally, type Tally } from '../store/tally.ts';

/** A dataset that is being drafted. */
export interface Dataset {
  /** The stream whose events it is made of; empty where none is chosen. */
  from: string;
  title: string;
  stream: string;
  version: string;
  /** What was drafted, as it was edited since; null before. */
  made: { schema: string; config: string; problems: string[]; events: number } | null;
  problem: string | null;
}

export const NO_DATASET: Dataset = { from: '', title: '', stream: '', version: '1.0.0', made: null, problem: null };

/** More events tell nothing new, and make the draft slow. */
const MOST = 500;

/** How an event stands, for a dataset that is to be made of such ones. */
export interface Standing {
  stream: string;
  verdict: 'valid' | 'refused' | 'other';
  /** All of it is known. */
  whole: boolean;
  /** By the client itself, and not put together here. */
  built: boolean;
}

/** Events by how they stand. */
export const standingTally = (): Tally<Standing> =>
  createTally(({ stream, event, verdict: { verdict }, truncated, reconstructed }) =>
    stream === null || !isJsonObject(event)
      ? null
      : {
          stream,
          verdict: verdict === 'valid' ? 'valid' : verdict === 'invalid' ? 'refused' : 'other',
          whole: !truncated,
          built: !reconstructed,
        },
  );

/** The streams that have events, each with how many, by name. */
export function streamsOf(tally: Tally<Standing>): [stream: string, events: number][] {
  const streams = new Map<string, number>();
  for (const { what, indexes } of tally.all())
    streams.set(what.stream, (streams.get(what.stream) ?? 0) + indexes.length);
  return [...streams].sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The newest events of a stream that a new dataset is to take: those that are valid; where none is, as of a dataset that
 * has no schema yet, those that nothing was found wrong with. What the client itself built comes before what was put
 * together here.
 */
export function eventsOf(records: readonly Record[], tally: Tally<Standing>, stream: string): JsonObject[] {
  const own = [...tally.all()].filter(({ what }) => what.stream === stream && what.whole);
  const valid = own.filter(({ what }) => what.verdict === 'valid');
  const good = valid.length > 0 ? valid : own.filter(({ what }) => what.verdict !== 'refused');
  const built = good.filter(({ what }) => what.built);
  return (built.length > 0 ? built : good)
    .flatMap(({ indexes }) => indexes.slice(-MOST))
    .sort((a, b) => a - b)
    .slice(-MOST)
    .map(index => records[index]?.event)
    .filter(isJsonObject);
}

/** What a dataset made of these events of a stream would be called, to begin with. */
export function namesFor([event]: readonly JsonObject[], from: string): Pick<Dataset, 'title' | 'stream' | 'version'> {
  const team = titleOf(textAt(event, '$schema') ?? '').split('/')[0];
  const words = from
    .toLowerCase()
    .split(/[^a-z0-9_]+/)
    .filter(Boolean);
  const name = words.length > 0 ? words : ['my_feature'];
  return {
    title: [team || 'analytics', ...(name.length > 1 ? name : ['my_team', ...name])].join('/'),
    stream: `${from}.next`,
    version: '1.0.0',
  };
}

/** How many events of a stream stand how. */
export function countsOf(tally: Tally<Standing>, stream: string): { [V in Standing['verdict']]: number } {
  const counts = { valid: 0, refused: 0, other: 0 };
  for (const { what, indexes } of tally.all()) if (what.stream === stream) counts[what.verdict] += indexes.length;
  return counts;
}
