import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../../src/log/log.ts';
import { createLanes, firstAfter, type Lanes } from '../../../../src/log/timeline/lanes.ts';
import {
  COLUMN,
  loadsOf,
  pictureOf,
  type Scale,
  sessionsOf,
  ticksOf,
  timeOf,
  xOf,
} from '../../../../src/log/timeline/picture.ts';
import { MARKS, markOf } from '../../../../src/log/timeline/marks.ts';
import { timelineSvg, type TimelineWords } from '../../../../src/log/timeline/svg.ts';
import type { Record } from '../../../../src/record/record.ts';
import { AT, call, context, envelope, page, SESSION } from '../facts.ts';

const log = createLog();
log.ingest(
  envelope(
    [
      page(1, 'begin'),
      context(2, { session: SESSION }),
      call(3),
      call(4, { stream: 'other.stream', seen: 'dropped', streamFacts: { configured: false } }),
      call(5, { queuedUntil: AT + 500 }),
    ],
    { load: 'a' },
  ),
);
const [base] = log.records;
if (!base) throw new Error('no record');

const recordAt = (milliseconds: number, stream: string | null = 'my.stream', more: Partial<Record> = {}): Record => ({
  ...base,
  id: `a/${milliseconds}`,
  time: new Date(AT + milliseconds).toISOString(),
  stream,
  ...more,
});
const scale: Scale = { from: AT, to: AT + 1_000, width: 400 };

function lanesOf(records: readonly Record[], shows?: (index: number) => boolean): Lanes {
  const lanes = createLanes(shows);
  records.forEach((record, index) => lanes.look(index, record));
  return lanes;
}

const WORDS: TimelineWords = {
  title: 'Timeline',
  marks: { refused: 'refused', accepted: 'accepted', dropped: 'dropped', waiting: 'waiting', rest: 'other' },
  waits: 'in the queue',
  unnamed: 'no stream',
  session: id => `Session ${id}`,
  time: at => new Date(at).toISOString().slice(11, 19),
};

describe('lanes', () => {
  it('keep each stream’s records by time, however they arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2_000), fc.constantFrom('a', 'b', null))), calls => {
        const records = calls.map(([at, stream]) => recordAt(at, stream, { instrument: null, experiment: null }));
        const lanes = lanesOf(records);
        for (const { name, times, indexes } of lanes.all) {
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(indexes.toSorted((a, b) => a - b)).toEqual(
            records.flatMap(({ stream }, index) => (stream === name ? index : [])),
          );
          expect(indexes.map(index => Date.parse(records[index]?.time ?? ''))).toEqual(times);
        }
      }),
    );
  });

  it('follow records that change, come to another lane or time, are found no longer, or go', () => {
    const change = fc.record({
      index: fc.nat(9),
      at: fc.nat(20),
      stream: fc.constantFrom('a', 'b'),
      isDropped: fc.boolean(),
      isShown: fc.boolean(),
      isGone: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change), changes => {
        let records: Record[] = [];
        const hidden = new Set<Record>();
        const shows = (index: number) => !hidden.has(records[index] ?? base);
        const lanes = createLanes(shows);
        for (const { index, at, stream, isDropped, isShown, isGone } of changes) {
          if (isGone) {
            const going = records[index];
            const left = records.filter(record => record !== going);
            const places = Int32Array.from(records, record => left.indexOf(record));
            records = left;
            lanes.move(places);
            continue;
          }
          const decision = { ...base.decision, state: isDropped ? ('dropped' as const) : ('accepted' as const) };
          const record = recordAt(at, stream, { decision });
          const place = Math.min(index, records.length);
          records[place] = record;
          if (!isShown) hidden.add(record);
          lanes.look(place, record);
        }
        const byName = ({ all }: Pick<Lanes, 'all'>) => new Map(all.map(lane => [lane.name, lane]));
        expect(byName(lanes)).toEqual(byName(lanesOf(records, shows)));
        records.forEach((_, index) => {
          const { lane, at } = lanes.placeOf(index) ?? {};
          expect(lanes.all[lane ?? -1]?.indexes[at ?? -1]).toBe(shows(index) ? index : undefined);
        });
      }),
    );
  });

  it('are found by bisection', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.nat(50), (some, time) => {
        const times = some.toSorted((a, b) => a - b);
        expect(firstAfter(times, time)).toBe(times.filter(one => one <= time).length);
      }),
    );
  });
});

describe('the picture of a lane', () => {
  const draw = (records: Record[], of: Scale = scale) => {
    const [lane] = lanesOf(records).all;
    return lane ? pictureOf(lane, of) : null;
  };

  it('has a mark in each column in which there is a record, and no more marks than columns', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000), { minLength: 1 }), some => {
        const picture = draw(some.map(at => recordAt(at - 1_000)));
        const drawn = new Set(MARKS.flatMap(mark => picture?.columns[mark] ?? []));
        const inside = some.map(at => at - 1_000).filter(at => at >= 0 && at <= 1_000);
        expect(drawn).toEqual(new Set(inside.map(at => Math.floor(xOf(AT + at, scale) / COLUMN))));
        expect(drawn.size).toBeLessThanOrEqual(scale.width / COLUMN + 1);
        expect(picture?.records).toBe(inside.length);
      }),
    );
  });

  it('says what the client did, and where the intake would refuse', () => {
    const refused = { ...base.verdict, verdict: 'invalid' as const };
    const dropped = { ...base.decision, state: 'dropped' as const };
    expect([base, { ...base, verdict: refused }, { ...base, decision: dropped, verdict: refused }].map(markOf)).toEqual(
      ['accepted', 'refused', 'dropped'],
    );
  });

  it('joins the waits of events in the queue, also of those called before it begins', () => {
    const queued = (at: number, until: number) =>
      recordAt(at, 'my.stream', {
        delivery: { ...base.delivery, state: 'queued', queuedUntil: new Date(AT + until).toISOString() },
      });
    expect(draw([queued(-100, 250), queued(100, 500), queued(750, 5_000)])?.waits).toEqual([
      [0, 200],
      [300, 400],
    ]);
  });
});

describe('page loads', () => {
  const load = (name: string, began: number, ended: number | null, session = SESSION) => ({
    ...log.loads[0],
    ...{ load: name, frame: 0, url: `http://wiki/${name}`, began: AT + began, ended: ended && AT + ended, session },
    ...{ pageview: null, context: null, records: 0, size: 0, holes: [], acknowledged: 0 },
  });

  it('lie one after the other, those of one session under one band', () => {
    const loads = [load('a', -500, 250), load('b', 250, 500), load('c', 500, null, 'other')];
    const seen = loadsOf(loads, scale);
    expect(seen.map(one => one.span)).toEqual([
      [0, 100],
      [100, 200],
      [200, 400],
    ]);
    expect(sessionsOf(seen)).toEqual([
      { session: SESSION, span: [0, 200] },
      { session: 'other', span: [200, 400] },
    ]);
  });
});

it('has round ticks, not too many, whatever the stretch', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e11 }), fc.constantFrom(-330, 0, 60), (length, zone) => {
      const ticks = ticksOf({ from: AT, to: AT + length, width: 1_000 }, 100, zone);
      expect(ticks.length).toBeLessThanOrEqual(11);
      expect(ticks.every(at => at >= AT && at <= AT + length)).toBe(true);
    }),
  );
  expect(ticksOf({ from: AT, to: AT + 60_000, width: 600 }, 100, 0).every(at => at % 10_000 === 0)).toBe(true);
  expect(timeOf(xOf(AT + 123, scale), scale)).toBeCloseTo(AT + 123, 3);
});

describe('as SVG', () => {
  it('shows lanes, page loads and waits', () => {
    const svg = timelineSvg({ lanes: lanesOf(log.records), loads: log.loads, words: WORDS });
    for (const text of ['my.stream', 'other.stream', SESSION.slice(0, 8), 'in the queue', 'refused'])
      expect(svg).toContain(text);
  });

  it('holds what a page wrote as text', () => {
    // eslint-disable-next-line no-control-regex
    const unfit = /[\u0000-\u001f\u202e]|<(?!\/?(svg|g|title|rect|text|path)[ />])/;
    const units = fc.array(fc.nat(0xffff)).map(codes => String.fromCharCode(...codes));
    const halves = /[\ud800-\udbff](?![\udc00-\udfff])/;
    fc.assert(
      fc.property(units, units, (stream, url) => {
        const hostile = `${stream}<script>alert(1)</script>"'&\u202e\u0000\ud800`;
        const loads = log.loads.map(load => ({ ...load, url: `http://wiki/${url}${hostile}` }));
        const svg = timelineSvg({ lanes: lanesOf([recordAt(1, hostile), recordAt(2)]), loads, words: WORDS });
        return !unfit.test(svg) && !halves.test(svg);
      }),
    );
  });

  it('is nothing where there is nothing', () => {
    expect(timelineSvg({ lanes: createLanes(), loads: [], words: WORDS })).toBe('');
  });
});

it('draws 100,000 records in a moment', () => {
  const records = Array.from({ length: 100_000 }, (_, i) => recordAt(i, `stream.${i % 20}`));
  const lanes = lanesOf(records);
  const whole: Scale = { from: AT, to: AT + 100_000, width: 1_400 };
  const draw = () => {
    const began = performance.now();
    for (const lane of lanes.all) pictureOf(lane, whole);
    return performance.now() - began;
  };
  expect(Math.min(...Array.from({ length: 5 }, draw))).toBeLessThan(20);
});
