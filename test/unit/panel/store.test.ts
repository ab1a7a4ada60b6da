import { describe, expect, it, vi } from 'vitest';
import { httpSource } from '../../../src/panel/repositories.ts';
import type { Override } from '../../../src/record/override.ts';
import { call, context, envelope, page } from '../log/facts.ts';
import { NOW, setUp } from './panel.ts';

const HOUR = 3_600_000;
const STREAM = { kind: 'stream', name: 'my.stream' } as const;
const INSTRUMENT = { kind: 'instrument', name: 'my-instrument' } as const;

const inForce = (fields: Partial<Override> = {}): Override => ({
  rules: [{ stream: 'my.stream', sample: 'in' }],
  policy: 'hold-forced',
  until: NOW,
  ...fields,
});

describe('what is looked for', () => {
  it('is found at once, or the list says that it still shows what was looked for before', () => {
    let time = 0;
    const { facts, draw, state, panel, due } = setUp({}, { now: () => (time += 5) });
    facts(envelope([page(1, 'begin'), ...Array.from({ length: 1_000 }, (_, i) => call(i + 2))]));
    draw();
    panel.find('id:=load1/7');
    expect(state().find.seeking).toBe(true);
    draw();
    expect(panel.rows.length).toBe(1_001);
    while (state().find.seeking) {
      for (const run of due.splice(0)) run();
      draw();
    }
    expect([state().find.found, panel.rows.length]).toEqual([1, 2]);
    panel.find('');
    expect(state().find.seeking).toBe(false);
    draw();
    expect(panel.rows.length).toBe(1_001);
  });
});

describe('what is exported', () => {
  const idsOf = (lines: readonly string[]) => lines.flatMap(line => (JSON.parse(line) as { id?: string }).id ?? []);

  it('is what the list shows: what is found, what is marked, and what was there when it was paused', () => {
    const { facts, draw, panel } = setUp();
    facts(envelope([page(1, 'begin'), call(2), call(3)]));
    draw();
    expect(idsOf(panel.shown())).toEqual(['load1/2', 'load1/3']);
    panel.find('id:=load1/3');
    draw();
    expect(idsOf(panel.shown())).toEqual(['load1/3']);
    panel.mark(true);
    draw();
    panel.pause(true);
    draw();
    facts(envelope([call(4)]));
    draw();
    expect(idsOf(panel.shown())).toEqual(['load1/2', 'load1/3']);
    panel.pause(false);
    draw();
    expect(idsOf(panel.shown())).toEqual(['load1/2', 'load1/3', 'load1/4']);
  });
});

describe('a list that stands still', () => {
  it('keeps what was found, whatever becomes of it, until it goes on', () => {
    const { facts, draw, panel } = setUp();
    const shown = () =>
      Array.from({ length: panel.rows.length }, (_, at) => panel.rows.at(at)).flatMap(row =>
        row?.kind === 'record' ? row.record.id : [],
      );
    const becomes = (index: number, verdict: 'valid' | 'invalid') => {
      panel.log.verdict(index, { verdict, errors: [] });
      facts(envelope([]));
      draw();
    };
    facts(envelope([page(1, 'begin'), call(2), call(3), call(4)]));
    for (const index of [0, 1, 2]) becomes(index, 'valid');
    panel.find('verdict:valid');
    draw();
    panel.pause(true);
    draw();
    becomes(1, 'invalid');
    expect(shown()).toEqual(['load1/2', 'load1/3', 'load1/4']);
    becomes(0, 'invalid');
    expect(shown()).toEqual(['load1/2', 'load1/3', 'load1/4']);
    expect(panel.shown()).toHaveLength(4);
    panel.pause(false);
    draw();
    expect(shown()).toEqual(['load1/4']);
  });
});

describe('what comes in', () => {
  it('is acknowledged as soon as the log has it', () => {
    const { facts } = setUp();
    expect(facts(envelope([page(1, 'begin'), call(2)]))).toEqual({ type: 'ack', load: 'load1', seq: 2 });
  });

  it('is shown once a frame, however much it is', () => {
    const { facts, draw, state, panel } = setUp();
    facts(envelope([page(1, 'begin'), call(2)]));
    for (let seq = 3; seq < 500; seq++) facts(envelope([call(seq)]));
    expect(state().revision).toBe(0);
    expect(draw()).toBe(1);
    expect(state()).toMatchObject({ revision: 1, counts: { records: 498, dropped: 0, refused: 0 } });
    expect(panel.rows.length).toBe(499);
    expect(draw()).toBe(0);
  });

  it('counts what was dropped', () => {
    const { facts, draw, state } = setUp();
    const dropped = { seen: 'dropped', streamFacts: { configured: false } } as const;
    facts(envelope([page(1, 'begin'), call(2), call(3, dropped)]));
    draw();
    expect(state().counts).toEqual({ records: 2, dropped: 1, refused: 0 });
  });

  it('goes with Clear; what is under way is not shown twice', () => {
    const { facts, draw, state, panel } = setUp();
    facts(envelope([page(1, 'begin'), call(2)]));
    draw();
    panel.select('load1/2', true);
    panel.clear();
    draw();
    expect(state()).toMatchObject({ counts: { records: 0 }, selected: null, open: false });
    facts(envelope([call(2), call(3)]));
    draw();
    expect(panel.log.records.map(({ id }) => id)).toEqual(['load1/3']);
    expect(panel.record('load1/3')?.id).toBe('load1/3');
    expect(panel.position('load1/3')).toBe(1);
  });

  it('tells the top frame from others', () => {
    const { facts, panel } = setUp();
    facts(envelope([page(1, 'begin')], { load: 'top' }));
    facts(envelope([page(1, 'begin'), context(2)], { load: 'frame', frame: 3 }));
    expect(panel.current()?.load).toBe('top');
  });
});

describe('verdicts', () => {
  const streams = { 'my.stream': { schema_title: 'analytics/test' } };
  const api = () => ({ ok: true as const, status: 200, text: JSON.stringify({ streams }) });

  async function settle({ panel, draw }: ReturnType<typeof setUp>) {
    let done = false;
    void panel.settled().then(() => (done = true));
    await vi.waitFor(() => {
      draw();
      expect(done).toBe(true);
    });
  }

  it("come from the validator, over the stream configs of the page's own API", async () => {
    const it = setUp({ fetch: api });
    it.panel.setRepositories(['https://schema.example/']);
    it.facts(envelope([page(1, 'begin'), context(2, { api: '/w/api.php' }), call(3), call(4)]));
    await settle(it);
    expect(it.panel.log.records.map(({ verdict }) => verdict.verdict)).toEqual(['valid', 'valid']);
    expect(it.judged[0]?.slice(1)).toEqual([streams, 'load1']);
    expect(it.asked).toEqual([
      {
        request: 'fetch',
        url: 'https://wiki.example/w/api.php?action=streamconfigs&format=json&formatversion=2',
        limit: 4_000_000,
      },
    ]);
  });

  it('say where they were given without stream configs', async () => {
    const it = setUp({ fetch: () => ({ ok: false, status: 404, reason: 'status' }) });
    it.panel.setRepositories(['https://schema.example/']);
    it.facts(envelope([page(1, 'begin'), context(2, { api: '/w/api.php' }), call(3)]));
    await settle(it);
    expect(it.judged[0]?.[1]).toBeNull();
    expect(it.panel.log.records[0]?.verdict.cause).toMatch(/without stream configs .*404/);
  });

  it.each(['https://evil.example/w/api.php', '//evil.example/api', 'javascript:1', 'http://wiki.example/w/api.php'])(
    'never make a page send the extension elsewhere: %s',
    async path => {
      const it = setUp({ fetch: api });
      it.panel.setRepositories(['https://schema.example/']);
      it.facts(envelope([page(1, 'begin'), context(2, { api: path }), call(3)]));
      await settle(it);
      expect(it.asked).toEqual([]);
      expect(it.judged[0]?.[1]).toBeNull();
    },
  );

  it('wait for the page to name its API, but not for ever', async () => {
    const it = setUp({ fetch: api });
    it.panel.setRepositories(['https://schema.example/']);
    it.facts(envelope([page(1, 'begin'), call(2)]));
    await vi.waitFor(() => expect(it.due).toHaveLength(1));
    expect(it.judged).toEqual([]);
    it.due[0]?.();
    await settle(it);
    expect(it.judged).toHaveLength(1);
  });

  it('are given again when the repositories change', async () => {
    const it = setUp({ fetch: api });
    it.panel.setRepositories(['https://schema.example/']);
    it.facts(envelope([page(1, 'begin'), context(2, { api: '/w/api.php' }), call(3)]));
    await settle(it);
    it.panel.setRepositories(['https://other.example/']);
    await settle(it);
    expect(it.judged).toHaveLength(2);
    expect(it.kept.map(({ repositories }) => repositories.map(({ base }) => base))).toEqual([
      ['https://schema.example/'],
      ['https://other.example/'],
    ]);
    expect(it.state().repositories.map(({ source }) => source)).toEqual([httpSource('https://other.example/')]);
  });
});

describe('overrides', () => {
  const answers = { 'override.set': () => null, 'override.clear': () => null };

  it('are asked for with the default policy and an end', async () => {
    const { panel, asked } = setUp(answers);
    await panel.force([STREAM], 'in');
    expect(asked).toEqual([
      {
        request: 'override.set',
        tab: 5,
        override: { rules: [{ stream: 'my.stream', sample: 'in' }], policy: 'hold-forced', until: NOW + HOUR },
      },
    ]);
  });

  it('are in force only when the background says so', async () => {
    const { panel, state } = setUp(answers);
    await panel.force([STREAM], 'in');
    expect(state().override).toBeNull();
    panel.receive({ type: 'override', override: inForce() });
    expect(state().override).toEqual(inForce());
  });

  it('join the rules in force, one a target, and keep the policy', async () => {
    const { panel, asked } = setUp(answers);
    panel.receive({ type: 'override', override: inForce({ policy: 'hold-all' }) });
    await panel.force([INSTRUMENT], 'out');
    await panel.force([STREAM], 'out');
    expect(asked).toMatchObject([
      {
        override: {
          rules: [
            { stream: 'my.stream', sample: 'in' },
            { instrument: 'my-instrument', sample: 'out' },
          ],
          policy: 'hold-all',
        },
      },
      { override: { rules: [{ stream: 'my.stream', sample: 'out' }] } },
    ]);
  });

  it('end with the last rule, and with "everything off"', async () => {
    const { panel, asked } = setUp(answers);
    panel.receive({ type: 'override', override: inForce() });
    await panel.force([STREAM], 'configured');
    await panel.everythingOff();
    expect(asked).toEqual([
      { request: 'override.clear', tab: 5 },
      { request: 'override.clear', tab: 5 },
    ]);
  });

  it('say what went wrong', async () => {
    const { panel, state } = setUp();
    await panel.force([STREAM], 'in');
    expect(state()).toMatchObject({ problem: 'nobody answers "override.set"', overriding: false });
    panel.dismiss();
    expect(state().problem).toBeNull();
  });
});

describe('the rest of the tab', () => {
  it('flushes the page, and says where it cannot', () => {
    const { panel, sent } = setUp();
    panel.flush();
    expect(sent).toEqual([{ type: 'flush' }]);
    const without = setUp({}, { send: () => false });
    without.panel.flush();
    expect(without.state().problem).toBe('problemConnection');
  });

  it('knows whether it may look at the page', async () => {
    const { panel, state } = setUp({ 'host.state': () => 'missing' });
    await panel.visit('https://some.wiki');
    expect(state().host).toEqual({ origin: 'https://some.wiki', state: 'missing' });
    await panel.visit(null);
    expect(state().host).toEqual({ origin: null, state: 'unknown' });
  });

  it('keeps open details open while the cursor moves', () => {
    const { panel, state } = setUp();
    panel.select('a', false);
    expect(state()).toMatchObject({ selected: 'a', open: false });
    panel.select('b', true);
    panel.select('c', false);
    expect(state()).toMatchObject({ selected: 'c', open: true });
    panel.close();
    expect(state()).toMatchObject({ selected: 'c', open: false });
  });
});
