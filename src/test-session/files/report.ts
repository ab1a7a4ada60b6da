/** What every report tells of a session, whatever it is written in. */

import { isRefused } from '../../log/refused.ts';
import type { Record } from '../../record/record.ts';
import type { Result, State } from '../judge/types.ts';
import { stepFinder } from '../session.ts';
import type { Leaving } from './leaving.ts';
import type { Replaced } from './redact.ts';

export interface Row {
  time: string;
  step: string;
  stream: string;
  action: string;
  decision: string;
  delivery: string;
  verdict: string;
}

export interface Report {
  title: string;
  /** Name and value, in order. */
  facts: [name: string, value: string][];
  outcome: { [state in State]: number } | null;
  results: Result[];
  /** The records that failures name, by id. */
  evidence: Map<string, Record>;
  notes: { time: string; text: string }[];
  holes: string[];
  streams: { stream: string; accepted: number; dropped: number; other: number; invalid: number }[];
  rows: Row[];
  /** Records beyond the rows. */
  omitted: number;
  redaction: string;
}

/** A report is read by people: a table of more is no use, and the record has them all. */
const MOST_ROWS = 500;
const AT_ONCE = 1_000;

export const subjectOf = ({ stream, instrument, experiment, api }: Record): string =>
  instrument ?? experiment ?? stream ?? api;

const WORDS: { [key: string]: string } = {
  session: 'session ids',
  pageview: 'pageview ids',
  install: 'install and subject ids',
  user: 'user names and ids',
  ip: 'IP addresses',
  'user-agent': 'user agents',
  'sampling-value': 'sampling values (they would give the ids away)',
};

/** What was taken out of a file, as a sentence. */
export function redactionText(replaced: Replaced[] | null): string {
  if (!replaced) return 'Nothing was redacted: identifiers are as they were recorded.';
  if (replaced.length === 0) return 'There was nothing to redact.';
  return `Replaced: ${replaced.map(({ secret, values }) => `${values} ${WORDS[secret]}`).join(', ')}.`;
}

/**
 * @param results null where the session has no plan
 * @yields nothing, now and then, so that others can run
 */
export function* reportOf(leaving: Leaving, results: Result[] | null): Generator<string, Report> {
  const { header, recorded, holes, marks, count, redaction } = leaving;
  const stepAt = stepFinder(marks);
  const environment = header.environment;
  const facts: [string, string | null | undefined][] = [
    ['Recorded', [header.test?.started ?? header.time, header.test?.ended].filter(Boolean).join(' to ')],
    ['Browser', header.browser],
    ['Extension', header.extension],
    ['Wiki', header.wiki],
    ['Skin', header.skin],
    ['User', environment?.user],
    ['Language', environment?.language],
    ['MediaWiki', environment?.mediawiki],
    ['Stream configs', environment?.streamConfigs],
    ['Schemas from', environment?.repositories.join(', ')],
    [
      'Overrides',
      header.overrides.length === 0 ? 'none' : header.overrides.map(rule => JSON.stringify(rule)).join(', '),
    ],
    ['Records', String(count)],
  ];
  const failing = new Set((results ?? []).filter(({ state }) => state === 'fail').flatMap(one => one.records));
  const evidence = new Map<string, Record>();
  const streams = new Map<string, Report['streams'][number]>();
  for (const [index, record] of recorded.entries()) {
    if (index % AT_ONCE === 0) yield '';
    if (failing.has(record.id)) evidence.set(record.id, redaction.record(record));
    countIn(streams, record);
  }
  return {
    title: header.test?.name ?? 'Recording of events',
    facts: facts.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
    outcome: results ? countStates(results) : null,
    results: (results ?? []).map(result => ({ ...result, why: redaction.text(result.why) })),
    evidence,
    notes: marks
      .filter(({ what }) => what !== 'start')
      .map(({ time, what, text }) => ({ time, text: what === 'note' ? text : `${what}${text ? `: ${text}` : ''}` })),
    holes: holes.map(({ from, to, reason }) => `${to - from + 1} facts are missing (${reason})`),
    streams: [...streams.values()]
      .map(one => ({ ...one, stream: redaction.text(one.stream) }))
      .sort((a, b) => (a.stream < b.stream ? -1 : 1)),
    rows: recorded.slice(0, MOST_ROWS).map(record => rowOf(redaction.record(record), stepAt(record.time))),
    omitted: Math.max(0, count - MOST_ROWS),
    redaction: redactionText(redaction.replaced),
  };
}

export function countStates(results: readonly Result[]): { [state in State]: number } {
  const counts = { pass: 0, fail: 0, open: 0, skipped: 0 };
  for (const { state } of results) counts[state]++;
  return counts;
}

const rowOf = (record: Record, step: string): Row => ({
  time: record.time,
  step,
  stream: subjectOf(record),
  action: record.action ?? '',
  decision: [record.decision.state, record.decision.reason].filter(Boolean).join(': '),
  delivery: [record.delivery.state, record.delivery.status].filter(Boolean).join(' '),
  verdict: record.verdict.verdict,
});

function countIn(streams: Map<string, Report['streams'][number]>, { stream, decision, verdict }: Record): void {
  if (stream === null) return;
  const counts = streams.get(stream) ?? { stream, accepted: 0, dropped: 0, other: 0, invalid: 0 };
  streams.set(stream, counts);
  counts[decision.state === 'accepted' || decision.state === 'dropped' ? decision.state : 'other']++;
  if (isRefused(verdict.verdict)) counts.invalid++;
}
