import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/log/log.ts';
import { namingTally } from '../../../src/panel/overrides/known.ts';
import { overviewTally, summaryOf } from '../../../src/panel/overview/summary.ts';
import { createFollowing } from '../../../src/panel/store/following.ts';
import { type Alike, createTally, newestOf, type Tally } from '../../../src/panel/store/tally.ts';
import type { Fact } from '../../../src/record/facts.ts';
import type { VerdictName } from '../../../src/record/lists.ts';
import type { Verdict } from '../../../src/record/record.ts';
import { call, context, envelope, page, send } from '../log/facts.ts';
import { VALID } from './panel.ts';
import { tallied } from './tallied.ts';

const never = () => false;

function setUp() {
  const log = createLog({ checks: true });
  const following = createFollowing(log);
  return { log, following, drain: () => following.log.drain() };
}

/** Facts of a page load, which goes on where it stopped. */
function createPages() {
  const seqs = new Map<string, number>();
  return (load: string, ...facts: ((seq: number) => Fact)[]) => {
    const from = seqs.get(load) ?? 1;
    seqs.set(load, from + facts.length);
    return envelope(
      facts.map((make, index) => make(from + index)),
      { load, frame: load === 'a' ? 0 : 1 },
    );
  };
}

describe('a reader', () => {
  it('looks at each record once, and again where it has changed', () => {
    const { log, following, drain } = setUp();
    const seen: string[] = [];
    const { catchUp } = following.follow({
      look: (index, { verdict }) => void seen.push(`${index} ${verdict.verdict}`),
      move: () => undefined,
    });
    const pages = createPages();
    log.ingest(pages('a', call, call));
    expect(catchUp(never)).toBe(true);
    drain();
    expect([catchUp(never), catchUp(never), seen.splice(0)]).toEqual([true, true, ['0 pending', '1 pending']]);
    log.verdict(0, VALID);
    drain();
    log.ingest(pages('a', call));
    drain();
    catchUp(never);
    expect(seen).toEqual(['0 valid', '2 pending']);
  });

  it('is told where records went, and waits with those that have moved since', () => {
    const { log, following, drain } = setUp();
    const pages = createPages();
    log.ingest(pages('a', call, call));
    log.ingest(pages('b', call));
    drain();
    const { reader, catchUp } = following.followed(namingTally);
    catchUp(never);
    log.limit({ records: 2, size: Infinity });
    expect(catchUp(never)).toBe(false);
    drain();
    expect(catchUp(never)).toBe(true);
    expect([...reader.all()].flatMap(({ indexes }) => indexes).sort()).toEqual(log.records.map((_, index) => index));
  });

  it('is brought up to the log in steps', () => {
    const { log, following, drain } = setUp();
    log.ingest(createPages()('a', ...Array.from({ length: 200 }, () => call)));
    drain();
    const { reader, catchUp } = following.followed(namingTally);
    const counts: number[] = [];
    do counts.push([...reader.all()].reduce((sum, { indexes }) => sum + indexes.length, 0));
    while (!catchUp(() => true));
    expect(counts).toEqual([0, 64, 128, 192]);
    expect(following.followed(namingTally).reader).toBe(reader);
  });

  it('follows no longer once it has left', () => {
    const { log, following, drain } = setUp();
    const { reader, catchUp, leave } = following.follow(namingTally());
    leave();
    log.ingest(createPages()('a', call));
    drain();
    log.clear();
    drain();
    catchUp(never);
    expect([...reader.all()]).toEqual([]);
  });
});

describe('a tally', () => {
  const { log } = setUp();
  log.ingest(createPages()('a', call, call, call));
  const [first, second, third] = log.records;
  if (!first || !second || !third) throw new Error('no records');

  it('puts alike records together, in their order, whatever the order in which they are looked at', () => {
    const tally = createTally(({ stream }) => stream);
    tally.look(2, third);
    tally.look(0, first);
    tally.look(1, second);
    expect([...tally.of('a')]).toMatchObject([{ what: 'my.stream', indexes: [0, 1, 2] }]);
    tally.look(1, { ...second, stream: 'other' });
    tally.look(2, { ...third, stream: null });
    expect([...tally.all()]).toMatchObject([
      { what: 'my.stream', indexes: [0] },
      { what: 'other', indexes: [1] },
    ]);
    expect(newestOf(tally.all())).toBe('other');
    expect([...tally.of('b')]).toEqual([]);
  });
});

type Step = { what: string; load: string; index: number; verdict: VerdictName };

const STEP: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    ...['calls', 'calls', 'dropped', 'queued', 'sent', 'hide', 'show', 'judge', 'judge', 'find', 'drain', 'drain'],
    ...['step', 'step', 'clear', 'unclear', 'limit', 'ended', 'context'],
  ),
  load: fc.constantFrom('a', 'b'),
  index: fc.nat(12),
  verdict: fc.constantFrom('valid', 'invalid', 'unavailable', 'pending'),
});

const ERROR = { check: 'a-check', severity: 'error', message: 'No.', path: null } as const;

describe('after anything that can happen to a log', () => {
  it('tallies are those of all its records, and so is the overview', () => {
    fc.assert(
      fc.property(fc.array(STEP, { maxLength: 60 }), steps => {
        const { log, following, drain } = setUp();
        const pages = createPages();
        const overview = following.followed(overviewTally);
        const namings = following.followed(namingTally);
        for (const { what, load, index, verdict } of steps) {
          const ingest = (...facts: ((seq: number) => Fact)[]) => log.ingest(pages(load, ...facts));
          const has = index < log.records.length;
          const run: { [what: string]: () => unknown } = {
            calls: () => ingest(call, seq => call(seq, { stream: `stream.${index % 3}` })),
            dropped: () => ingest(seq => call(seq, { seen: 'dropped', streamFacts: { configured: false } })),
            queued: () => ingest(seq => call(seq, { queuedUntil: 5_000_000_000_000 })),
            sent: () => ingest(call, seq => send(seq, [seq - 1], { outcome: index % 2 ? 'sent' : 'refused' })),
            hide: () => ingest(seq => page(seq, 'hide')),
            show: () => ingest(seq => page(seq, 'show')),
            context: () => ingest(seq => context(seq, { session: `session${index}` })),
            judge: () => has && log.verdict(index, { verdict, errors: [] } as Verdict),
            find: () => has && log.findings(index, index % 2 ? [ERROR] : []),
            drain,
            step: () => overview.catchUp(() => true),
            clear: log.clear,
            unclear: log.unclear,
            limit: () => log.limit({ records: Math.max(1, log.records.length - 1), size: Infinity }),
            ended: log.dropEnded,
          };
          run[what]?.();
        }
        drain();
        for (const { catchUp } of [overview, namings]) expect(catchUp(never)).toBe(true);
        expect(sorted(overview.reader)).toEqual(sorted(tallied(overviewTally, log.records)));
        expect(sorted(namings.reader)).toEqual(sorted(tallied(namingTally, log.records)));
        const { loads, records } = log;
        const summary = summaryOf(loads, overview.reader, records);
        expect(summary).toEqual(summaryOf(loads, tallied(overviewTally, records), records));
        expect(summary.calls).toBe(records.length);
        for (const { newest } of [...summary.emitted, ...summary.dropped, ...summary.wrong])
          expect(records).toContain(newest);
      }),
    );
  });
});

const sorted = <W>(tally: Tally<W>): string[] =>
  [...tally.all()].map(({ what, indexes }: Alike<W>) => JSON.stringify([what, indexes])).sort();
