import { describe, expect, it, vi } from 'vitest';
import type { JsonObject } from '../../../src/record/record.ts';
import { call, context, envelope, eventOf, page, send } from '../log/facts.ts';
import { setUp, VALID } from './panel.ts';

const api = () => ({ ok: true as const, status: 200, text: JSON.stringify({ streams: {} }) });
const BARE: JsonObject = { $schema: '/analytics/product_metrics/web/base/2.1.0', meta: { stream: 'my.stream' } };

async function settle({ panel, draw }: ReturnType<typeof setUp>) {
  let done = false;
  void panel.settled().then(() => (done = true));
  await vi.waitFor(() => {
    draw();
    expect(done).toBe(true);
  });
}

const around = (newest: string | null) => ({
  validator: () => ({
    verdict: async () => VALID,
    around: async () => ({ schema: null, newest }),
    read: async () => ({ found: false as const, reason: 'not-found' as const, message: '' }),
    newest: async () => newest,
  }),
});

describe('findings', () => {
  it('come after the verdict, with what is known around the event; the record is final only then', async () => {
    const it = setUp({ fetch: api }, around('9.0.0'));
    it.panel.setRepositories(['https://schema.example/']);
    it.facts(envelope([page(1, 'begin'), context(2, { api: '/w/api.php' }), call(3, { event: BARE })]));
    it.facts(envelope([send(4, [3], { body: JSON.stringify(BARE) })]));
    expect(it.panel.log.records[0]).toMatchObject({ checks: [], final: false });
    await settle(it);
    const names = it.panel.log.records[0]?.checks.map(({ check }) => check);
    expect(names).toEqual(expect.arrayContaining(['old-schema', 'bare-submit']));
    expect(it.panel.log.records[0]?.final).toBe(false);
    expect([...it.panel.log.unchecked()]).toEqual([]);
  });

  it('know what was given to the client, where another event was sent', async () => {
    const it = setUp({ fetch: api });
    it.panel.setRepositories(['https://schema.example/']);
    const given = eventOf({ $schema: '/a/1.0.0', action: 'click' });
    it.facts(envelope([page(1, 'begin'), context(2, { api: '/w/api.php' }), call(3, { event: given })]));
    await settle(it);
    expect(it.panel.log.records[0]?.checks.map(({ check }) => check)).not.toContain('changed-event');
    it.facts(envelope([send(4, [3], { body: JSON.stringify({ ...given, action: 'view' }) })]));
    await settle(it);
    const found = it.panel.log.records[0]?.checks.find(({ check }) => check === 'changed-event');
    expect(found?.path).toBe('/action');
    expect(it.panel.log.atCall(0)).toEqual(given);
  });

  it('are made anew when the repositories change, and forgotten with Clear', async () => {
    let newest: string | null = null;
    const it = setUp(
      { fetch: api },
      {
        validator: () => around(newest).validator(),
      },
    );
    it.panel.setRepositories(['https://schema.example/']);
    it.facts(envelope([page(1, 'begin'), context(2, { api: '/w/api.php' }), call(3, { event: BARE })]));
    await settle(it);
    const has = () => it.panel.log.records.some(({ checks }) => checks.some(({ check }) => check === 'old-schema'));
    expect(has()).toBe(false);
    newest = '9.0.0';
    it.panel.setRepositories(['https://other.example/']);
    await settle(it);
    expect(has()).toBe(true);
    it.panel.clear();
    expect([...it.panel.log.unchecked()]).toEqual([]);
  });

  it('of many events come in slices, each in the order of its call', async () => {
    const it = setUp({ fetch: api });
    it.panel.setRepositories(['https://schema.example/']);
    const many = Array.from({ length: 300 }, (_, index) =>
      call(3 + index, { event: { ...BARE, funnel_event_sequence_position: index + 1, funnel_entry_token: 't' } }),
    );
    it.facts(envelope([page(1, 'begin'), context(2, { api: '/w/api.php' }), ...many.slice(0, 200)]));
    it.facts(envelope(many.slice(200)));
    await settle(it);
    const found = it.panel.log.records.flatMap(({ checks }) => checks.map(({ check }) => check));
    expect(found).not.toContain('funnel-order');
    expect(found.filter(check => check === 'bare-submit')).toHaveLength(300);
    expect(found).toContain('too-many-events');
  });

  it('are muted by stream, and that is kept', async () => {
    const it = setUp({ fetch: api });
    it.panel.mute('my.stream', 'bare-submit', true);
    expect(it.state().muted).toEqual({ 'my.stream': ['bare-submit'] });
    expect(it.kept.at(-1)?.muted).toEqual({ 'my.stream': ['bare-submit'] });
    it.panel.mute('my.stream', 'bare-submit', false);
    expect(it.kept.at(-1)?.muted).toEqual({});
  });
});
