import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentsOf, type ExperimentSources } from '../../../src/platform/experiments.ts';
import type { Json } from '../../../src/platform/json.ts';

const NOW = 1_700_000_000_000;
const nothing: ExperimentSources = { query: null, header: null, server: undefined, now: NOW };
const view = (sources: Partial<ExperimentSources>, name = 'e') => {
  const found = experimentsOf({ ...nothing, ...sources }).find(one => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const server = (more: { [key: string]: Json } = {}) => ({
  enrolled: ['e'],
  overrides: [],
  assigned: { e: 'control' },
  subject_ids: { e: 'abc' },
  ...more,
});
const configs = { e: { exposure_version: 'v9' } };

describe('experimentsOf', () => {
  it('knows every experiment that any source names', () => {
    const sources = { configs: { a: {} }, header: 'b=x;', query: 'c:x', server: { assigned: { d: 'x' } } };
    const names = experimentsOf({ ...nothing, ...sources, api: [{ name: 'f', groups: ['x', 'y'] }] }).map(
      one => one.name,
    );
    expect(names).toEqual(['a', 'b', 'c', 'd', 'f']);
  });

  it('the query counts before the header, the header before the server', () => {
    const sources = { query: 'e:q', header: 'e=h;', server: server(), configs };
    expect(view(sources).candidates).toEqual([
      { group: 'q', subject: 'overridden', source: 'query', forced: true },
      { group: 'h', subject: 'awaiting', source: 'header', forced: false },
      { group: 'control', subject: 'abc', source: 'server', forced: false },
    ]);
    expect(view(sources)).toMatchObject({
      enrollment: { source: 'query' },
      groups: ['q', 'h', 'control'],
      exposureKey: null,
    });
    expect(view(sources).silences).toEqual({ send: 'enrollment-overridden', sendExposure: 'enrollment-overridden' });
  });

  it('compat does not see the header', () => {
    expect(view({ header: 'e=h;', configs })).toMatchObject({
      silences: { send: null, sendExposure: null },
      compat: { enrollment: null, send: 'not-visible-to-compat' },
      exposureKey: 'tk_exposure.e:h:v9',
    });
    expect(view({ header: 'e=h;', server: server(), configs })).toMatchObject({
      enrollment: { group: 'h', source: 'header' },
      compat: { enrollment: { group: 'control', source: 'server' }, send: null },
    });
  });

  it('says why nothing is sent', () => {
    expect(view({ configs }).silences.send).toBe('not-enrolled');
    expect(view({ server: server(), configs: {} }).silences.send).toBe('experiment-not-configured');
    expect(view({ header: 'e=h;', configs: {} }).silences.send).toBe('experiment-not-configured');
    expect(view({ server: server(), configs, cookieEnabled: false }).silences.send).toBe('cookies-disabled');
    expect(view({ server: server() })).toMatchObject({ configured: null, silences: { send: null } });
    expect(view({ query: 'e:x', cookieEnabled: false }).silences.send).toBe('enrollment-overridden');
  });

  it('an exposure in the log holds the next one back, and nothing else', () => {
    const storage = {
      'tk_exposure.e:control:v9': JSON.stringify({ expires_at: NOW + 1, count: 2 }),
      'tk_exposure.e:treatment:v9': JSON.stringify({ expires_at: NOW - 1, count: 1 }),
      'tk_exposure.f:control:v9': '{}',
    };
    const one = view({ server: server(), configs, storage });
    expect(one.silences).toEqual({ send: null, sendExposure: 'exposure-already-sent' });
    expect(one.exposures.map(({ group, state }) => [group, state])).toEqual([
      ['control', 'live'],
      ['treatment', 'expired'],
    ]);
    expect(view({ header: 'e=treatment;', configs, storage }).silences.sendExposure).toBeNull();
  });

  it('an override that only the server read is sent, with the subject "overridden"', () => {
    const forced = server({ overrides: ['e'], assigned: { e: 'x:y' }, subject_ids: { e: 'overridden' } });
    expect(view({ query: 'e:x:y', server: forced, configs })).toMatchObject({
      enrollment: { source: 'server', forced: true },
      silences: { send: null },
      sendsAsOverridden: true,
    });
    expect(view({ query: 'e:x', server: forced, configs }).sendsAsOverridden).toBe(false);
  });

  it('xLab asks its server only, and knows its overrides', () => {
    const lab = (more: { [key: string]: Json }) =>
      view({
        generation: 'xlab',
        query: 'e:q',
        header: 'e=h;',
        server: server(more),
        bodyClasses: ['xlab-experiment-e'],
      });
    expect(lab({})).toMatchObject({ candidates: [{ source: 'server' }], silences: { send: null, sendExposure: null } });
    expect(lab({ overrides: ['e'] }).silences.send).toBe('enrollment-overridden');
    expect(lab({}).classes?.missing).toEqual(['xlab-experiment-e-control']);
    expect(view({ generation: 'xlab', api: [{ name: 'e' }] }).silences.send).toBe('not-enrolled');
  });

  it('holds body classes against the server’s enrollment', () => {
    const bodyClasses = ['test-kitchen-experiment-e', 'test-kitchen-experiment-e-old', 'test-kitchen-experiment-ef'];
    expect(view({ server: server(), configs, bodyClasses }).classes).toEqual({
      expected: ['test-kitchen-experiment-e', 'test-kitchen-experiment-e-control'],
      missing: ['test-kitchen-experiment-e-control'],
      unexpected: ['test-kitchen-experiment-e-old'],
    });
    expect(view({ configs, bodyClasses }).classes?.unexpected).toEqual(bodyClasses.slice(0, 2));
    expect(view({ configs }).classes).toBeNull();
  });

  it('names the groups of the API, old form and new', () => {
    expect(view({ api: [{ name: 'e', groups: ['control', 'x'] }], server: server() }).groups).toEqual(['control', 'x']);
    expect(view({ api: [{ slug: 'e', groups: [{ name: 'control' }, { slug: 'x' }] }] }).groups).toEqual([
      'control',
      'x',
    ]);
  });

  it('never throws, whatever the page says', () => {
    const json = fc.jsonValue() as fc.Arbitrary<Json>;
    const text = fc.option(fc.string());
    fc.assert(
      fc.property(json, json, json, text, text, (server, configs, api, query, header) => {
        for (const generation of ['test-kitchen', 'xlab'] as const) {
          experimentsOf({ generation, server, configs, api, query, header, now: NOW, bodyClasses: [] });
        }
      }),
    );
  });
});
