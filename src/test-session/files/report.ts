/** What every report tells of a session, whatever it is written in. */

import { isRefused } from '../../log/refused.ts';
import type { Record } from '../../record/record.ts';
import type { Result, State } from '../judge/types.ts';
import { stepFinder, type TestSession } from '../session.ts';
import type { Replaced } from './redact.ts';

export interface ReportInput {
  session: TestSession;
  /** Null where the session has no plan. */
  results: Result[] | null;
  /** What the redaction has replaced; null where it was switched off. */
  replaced: Replaced[] | null;
}

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

export function reportOf({ session, results, replaced }: ReportInput): Report {
  const { header, records, holes, marks } = session;
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
    ['Records', String(records.length)],
  ];
  const failing = new Set((results ?? []).filter(({ state }) => state === 'fail').flatMap(one => one.records));
  return {
    title: header.test?.name ?? 'Recording of events',
    facts: facts.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
    outcome: results ? countStates(results) : null,
    results: results ?? [],
    evidence: new Map(records.filter(({ id }) => failing.has(id)).map(record => [record.id, record])),
    notes: marks
      .filter(({ what }) => what !== 'start')
      .map(({ time, what, text }) => ({ time, text: what === 'note' ? text : `${what}${text ? `: ${text}` : ''}` })),
    holes: holes.map(({ from, to, reason }) => `${to - from + 1} facts are missing (${reason})`),
    streams: countStreams(records),
    rows: records.slice(0, MOST_ROWS).map(record => rowOf(record, stepAt(record.time))),
    omitted: Math.max(0, records.length - MOST_ROWS),
    redaction: redactionText(replaced),
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

function countStreams(records: readonly Record[]): Report['streams'] {
  const streams = new Map<string, Report['streams'][number]>();
  for (const { stream, decision, verdict } of records) {
    if (stream === null) continue;
    const counts = streams.get(stream) ?? { stream, accepted: 0, dropped: 0, other: 0, invalid: 0 };
    streams.set(stream, counts);
    counts[decision.state === 'accepted' || decision.state === 'dropped' ? decision.state : 'other']++;
    if (isRefused(verdict.verdict)) counts.invalid++;
  }
  return [...streams.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1));
}
