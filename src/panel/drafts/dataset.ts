import { titleOf } from '../../platform/intake.ts';
import { isJsonObject, textAt } from '../../platform/json.ts';
import type { JsonObject, Record } from '../../record/record.ts';

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

/** The streams of these records that have events, each with how many. */
export function streamsOf(records: readonly Record[]): Map<string, number> {
  const streams = new Map<string, number>();
  for (const { stream, event } of records) {
    if (stream !== null && isJsonObject(event)) streams.set(stream, (streams.get(stream) ?? 0) + 1);
  }
  return streams;
}

/**
 * The newest events of a stream that a new dataset is to take: those that are valid; where none is, as of a dataset that
 * has no schema yet, those that nothing was found wrong with. What the client itself built comes before what was put
 * together here.
 */
export function eventsOf(records: readonly Record[], stream: string): JsonObject[] {
  const own = records.filter(record => record.stream === stream && !record.truncated && isJsonObject(record.event));
  const valid = own.filter(({ verdict }) => verdict.verdict === 'valid');
  const good = valid.length > 0 ? valid : own.filter(({ verdict }) => verdict.verdict !== 'invalid');
  const built = good.filter(({ reconstructed }) => !reconstructed);
  return (built.length > 0 ? built : good)
    .slice(-MOST)
    .map(({ event }) => event)
    .filter(isJsonObject);
}

/** What a dataset made of this stream's events would be called, to begin with. */
export function namesFor(records: readonly Record[], from: string): Pick<Dataset, 'title' | 'stream' | 'version'> {
  const [event] = eventsOf(records, from);
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

/** How the events of a stream stand. */
export function standing(records: readonly Record[], stream: string) {
  const counts = { valid: 0, refused: 0, other: 0 };
  for (const record of records) {
    if (record.stream !== stream || !isJsonObject(record.event)) continue;
    const { verdict } = record.verdict;
    if (verdict === 'valid') counts.valid++;
    else if (verdict === 'invalid') counts.refused++;
    else counts.other++;
  }
  return counts;
}
