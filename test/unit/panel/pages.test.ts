/** What the views of experiments, identifiers and attributes show, without the views. */

import { describe, expect, it } from 'vitest';
import { attributesOfRecord } from '../../../src/panel/events/attributes.ts';
import { seenExperiments } from '../../../src/panel/experiments/experiments.ts';
import { carriedTally, seenIdentifiers } from '../../../src/panel/identifiers/identifiers.ts';
import { namingTally } from '../../../src/panel/overrides/known.ts';
import type { CallFact, ContextFact } from '../../../src/record/facts.ts';
import type { Override, Rule } from '../../../src/record/override.ts';
import { call, context, envelope, page, PAGEVIEW, SESSION } from '../log/facts.ts';
import { NOW, setUp } from './panel.ts';
import { tallied } from './tallied.ts';

function loaded(
  known: Partial<Omit<ContextFact, 'kind'>>,
  calls: Partial<Omit<CallFact, 'kind'>>[] = [],
  url?: string,
) {
  const { panel, facts } = setUp();
  const all = calls.map((fields, index) => call(index + 3, fields));
  facts(envelope([page(1, 'begin'), context(2, known), ...all], url === undefined ? {} : { url }));
  const [load] = panel.log.loads;
  if (!load) throw new Error('no page load');
  const { records } = panel.log;
  return {
    load,
    records,
    called: [...tallied(namingTally, records).of(load.load)],
    carried: [...tallied(carriedTally, records).of(load.load)],
  };
}

describe('experiments', () => {
  const EXPERIMENT = { client: 'test-kitchen', api: 'send', seen: 'accepted' } as const;
  const KNOWN = {
    clients: ['test-kitchen' as const],
    experiments: { mine: {}, other: {} },
    enrollments: { assigned: { mine: 'control', bare: 'a' }, subject_ids: { mine: 'f'.repeat(64) } },
  };

  it('are all that page and calls name, with group, source, subject and what keeps them silent', () => {
    const event = { experiment: { assigned: 'treatment', subject_id: 'awaiting' } };
    const { load, called } = loaded(KNOWN, [{ ...EXPERIMENT, experiment: 'called', event }]);
    const told = seenExperiments(load, called, null, NOW).map(one => [
      one.name,
      one.enrollment?.group ?? null,
      one.enrollment?.source ?? null,
      one.subject,
      one.seen.join(),
      one.silences.send,
    ]);
    expect(told).toEqual([
      ['bare', 'a', 'server', null, 'a', 'experiment-not-configured'],
      ['called', null, null, 'awaiting', 'treatment', 'not-enrolled'],
      ['mine', 'control', 'server', 'f'.repeat(64), 'control', null],
      ['other', null, null, null, '', 'not-enrolled'],
    ]);
  });

  it("count the address's override first, and name the rule in force", () => {
    const { load, called } = loaded(KNOWN, [], 'https://wiki.example/wiki/Main_Page?mpo=mine:treatment');
    const rule = { experiment: 'mine', group: null, as: 'enrolled' as const };
    const override: Override = { rules: [rule], policy: 'hold-forced', until: NOW };
    const mine = seenExperiments(load, called, override, NOW).find(({ name }) => name === 'mine');
    expect(mine?.candidates.map(({ source }) => source)).toEqual(['query', 'server']);
    expect(mine).toMatchObject({ rule, silences: { send: 'enrollment-overridden' }, seen: ['control', 'treatment'] });
  });

  it('are enrolled by the header before the server, and only where all of it is well formed', () => {
    const bySource = (header: string) => {
      const { load, called } = loaded({ ...KNOWN, header });
      return seenExperiments(load, called, null, NOW).map(({ name, enrollment }) => [
        name,
        enrollment?.source,
        enrollment?.group,
      ]);
    };
    const server = [
      ['bare', 'server', 'a'],
      ['mine', 'server', 'control'],
    ];
    expect(bySource('mine=treatment;')).toEqual([
      server[0],
      ['mine', 'header', 'treatment'],
      ['other', undefined, undefined],
    ]);
    expect(bySource('mine=treatment;;')).toEqual([...server, ['other', undefined, undefined]]);
  });

  it('tell what the tab remembers of exposures: as the client sees it, under override and without', () => {
    const entry = (expires: number) => JSON.stringify({ expires_at: expires, count: 1 });
    const KEY = 'tk_exposure.mine:control:v0';
    const exposures = {
      [KEY]: entry(NOW + 1),
      'tk_exposure.mine:old:v0': entry(NOW - 1),
      'tk_exposure.other:a:v0': 'x',
    };
    const aside = { [KEY]: null, 'tk_exposure.mine:new:v0': entry(NOW + 2) };
    const { load, called } = loaded({ ...KNOWN, exposures, aside });
    const mine = (rules: Rule[] | null) => {
      const override = rules && { rules, policy: 'hold-forced' as const, until: NOW };
      const found = seenExperiments(load, called, override, NOW).find(({ name }) => name === 'mine');
      return [
        found?.exposures.map(({ group, state }) => `${group} ${state}`),
        found?.aside.length,
        found?.silences.sendExposure,
      ];
    };
    expect(mine(null)).toEqual([['control live', 'old expired'], 0, 'exposure-already-sent']);
    expect(mine([{ stream: 'a', sample: 'in' }])).toEqual([['old expired', 'new live'], 2, null]);
    expect(mine([{ exposures: 'clear' }])).toEqual([['new live'], 2, null]);
    expect(mine([{ cookies: 'off' }])[2]).toBe('cookies-disabled');
  });

  it('have the classes of the body that the server config says, or not', () => {
    const bodyClass =
      'skin-vector  test-kitchen-experiment-bare test-kitchen-experiment-mine test-kitchen-experiment-mine-treatment';
    const { load, called } = loaded({ ...KNOWN, bodyClass });
    const [bare, mine] = seenExperiments(load, called, null, NOW).map(({ classes }) => classes);
    expect(bare).toMatchObject({ missing: ['test-kitchen-experiment-bare-a'], unexpected: [] });
    expect(mine).toMatchObject({
      missing: ['test-kitchen-experiment-mine-control'],
      unexpected: ['test-kitchen-experiment-mine-treatment'],
    });
  });

  it('are none where the page says nonsense', () => {
    const { load, called } = loaded({ enrollments: [1], experiments: JSON.parse('[]') as never });
    expect(seenExperiments(load, called, null, NOW)).toEqual([]);
  });
});

describe('identifiers', () => {
  it('have their value, their form on each platform, and the events that carry them', () => {
    const event = { performer: { session_id: SESSION, pageview_id: 'another' } };
    const { load, carried } = loaded({ session: SESSION, pageview: PAGEVIEW }, [{ event }, { event }]);
    const [session, pageview, other, subject] = seenIdentifiers(load.context, carried);
    expect(session).toMatchObject({
      value: SESSION,
      formats: [
        { platform: 'web', ok: true },
        { platform: 'android', ok: true },
        { platform: 'ios', ok: false },
      ],
      carriers: [{ stream: 'my.stream', field: 'performer.session_id', events: 2, others: 0 }],
    });
    expect(pageview).toMatchObject({ value: PAGEVIEW, carriers: [{ events: 2, others: 2 }] });
    expect([other?.value, subject?.value]).toEqual([null, null]);
  });

  it('have their cookie by name, with what it holds, which a rule may hide', () => {
    const known = { session: '0'.repeat(20), cookiePrefix: 'wiki', sessionCookie: SESSION, elSession: PAGEVIEW };
    const { load } = loaded(known);
    const [session, , other] = seenIdentifiers(load.context, []);
    expect(session).toMatchObject({ value: '0'.repeat(20), cookie: { name: 'wikimwuser-sessionId', value: SESSION } });
    expect(other).toMatchObject({ value: PAGEVIEW, cookie: { name: 'wikiel-sessionId', value: PAGEVIEW } });
  });
});

describe('contextual attributes', () => {
  const streams = {
    'my.stream': {
      producers: {
        metrics_platform_client: { provide_values: ['mediawiki_skin', 'performer_name', 'page_id', 'of_nobody'] },
      },
    },
  };
  const event = { mediawiki: { skin: 5 }, performer: { is_logged_in: false }, agent: { client_platform: 'x' } };

  it('say what became of each, and what the intake refuses', () => {
    const { load, records } = loaded({ streams }, [{ api: 'submitInteraction', event }]);
    const [record] = records;
    if (!record) throw new Error('no record');
    const error = { instancePath: '/mediawiki/skin', schemaPath: '#', keyword: 'type', message: 'should be string' };
    const judged = { ...record, verdict: { verdict: 'invalid' as const, errors: [error] } };
    expect(attributesOfRecord(judged, load.context)?.map(one => [one.name, one.state, one.refused])).toEqual([
      ['mediawiki_skin', 'attached', 'should be string'],
      ['performer_name', 'rightly-absent', null],
      ['page_id', 'absent', null],
      ['of_nobody', 'unknown-name', null],
      ['agent_client_platform', 'attached', null],
      ['agent_client_platform_family', 'absent', null],
    ]);
  });

  it('are none of a plain submit, and of a stream that is not known', () => {
    const { load, records } = loaded({ streams }, [{ event }, { api: 'submitInteraction', stream: 'else', event: {} }]);
    expect(records.map(record => attributesOfRecord(record, load.context))).toEqual([null, null]);
  });
});
