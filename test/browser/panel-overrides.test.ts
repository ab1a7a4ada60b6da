/** Rules of every kind, set in the panel as a tester sets them, and what comes of each. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Record } from '../../src/record/record.ts';
import { BROWSERS, openWorld, type World } from './support/world.ts';

const SESSION = '80000000c0ffee00c0ff';
const FORCED = '00000000c0ffee00c0ff';

/** What is written into the form for each kind of rule: values of fields, and choices that are clicked. */
const RULES: { kind: string; fields?: { [field: string]: string }; choices?: string[] }[] = [
  { kind: 'stream', fields: { name: 'wiki.rare' }, choices: ['[data-field=sample] [value=in]'] },
  { kind: 'instrument', fields: { name: 'wiki-rare' } },
  { kind: 'schema', fields: { name: 'Test' } },
  { kind: 'population' },
  { kind: 'session', fields: { id: FORCED } },
  { kind: 'pageview', fields: { id: '11111111111111111111' } },
  { kind: 'experiment', fields: { name: 'wiki-palette', group: 'treatment' } },
  { kind: 'experiment', fields: { name: 'wiki-nobody', group: 'treatment' }, choices: ['[data-field=as] [value=mpo]'] },
  { kind: 'config', fields: { name: 'brand.new', value: '{ "sample": { "unit": "session", "rate": 1 } }' } },
  { kind: 'exposures' },
];

const CALLS = 'streams,schema,population,identifiers,instruments,experiments';
const QUERY = `linger=1&session=${SESSION}&submit=wiki.rare,brand.new,wiki.page_visit&instruments=wiki-rare&experiments=wiki-palette,wiki-nobody&exposure=wiki-welcome`;

/** What was written has its place on the screen. */
const DRAWN = `new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
    await world.panel.click('#tab-overrides');
  });
  afterAll(() => world.close());

  const inForce = (count: number) =>
    world.panel.waitFor(`document.querySelectorAll('[aria-labelledby=in-force-title] .rule').length === ${count}`);

  /** Writes into a field as a hand would: the value, and the events that follow it. */
  const write = (selector: string, value: string) =>
    world.panel.waitFor(
      `(field => {
        if (!field) return false;
        field.value = ${JSON.stringify(value)};
        for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
        return true;
      })(document.querySelector(${JSON.stringify(selector)}))`,
    );

  async function fill({ kind, fields = {}, choices = [] }: (typeof RULES)[number]): Promise<void> {
    await write('.editor [data-field=kind]', kind);
    for (const choice of choices) await world.panel.click(`.editor ${choice}`);
    for (const [field, value] of Object.entries(fields)) await write(`.editor [data-field=${field}]`, value);
    await world.panel.evaluate(DRAWN);
    await world.panel.click('.editor .primary');
  }

  /** Opens the page once more; answers its records, once `done` says that all are there. */
  async function open(tag: string, calls: string, done: (records: Record[]) => boolean): Promise<Record[]> {
    await world.browser.page.goto(`${world.wiki.url}wiki/Blank?tag=${tag}&calls=${calls}&${QUERY}`);
    const mine = (records: Record[]) => records.filter(({ page }) => page.url.includes(`tag=${tag}&`));
    return mine(await world.until(`the calls of ${tag}`, records => done(mine(records))));
  }

  /** What became of a call, in two words. */
  const told = (records: Record[], is: (record: Record) => boolean) =>
    records.filter(is).map(({ decision: { state, reason, answer }, override }) => {
      if (reason !== null) return reason;
      return `${state}${override?.forced ? ' forced' : ''}${answer === null ? '' : ` ${JSON.stringify(answer)}`}`;
    });
  const outcome = (records: Record[]) => ({
    stream: told(records, ({ stream, api }) => stream === 'wiki.rare' && api === 'submit'),
    instrument: told(records, ({ instrument, api }) => instrument === 'wiki-rare' && api === 'send'),
    schema: told(records, ({ api }) => api === 'Schema#log'),
    population: told(records, ({ api }) => api === 'sessionInSample'),
    session: [...new Set(records.map(({ session }) => session))].filter(id => id !== null),
    enrolled: told(records, ({ experiment, api }) => experiment === 'wiki-palette' && api === 'send'),
    mpo: told(records, ({ experiment, api }) => experiment === 'wiki-nobody' && api === 'send'),
    config: told(records, ({ stream }) => stream === 'brand.new'),
    exposure: told(records, ({ api }) => api === 'sendExposure'),
  });
  const complete = (records: Record[]) =>
    Object.values(outcome(records)).every(one => one.length > 0) &&
    records.every(({ decision }) => decision.state !== 'waiting');
  const NATURAL = {
    stream: ['out-of-sample'],
    instrument: ['out-of-sample'],
    schema: ['out-of-sample'],
    population: ['answered {"inSample":false}'],
    session: [SESSION],
    enrolled: ['not-enrolled'],
    mpo: ['not-enrolled'],
    config: ['stream-not-configured'],
  };

  let exported = '';

  it('sets a rule of each kind, which acts from the first call, and nothing of it leaks', async () => {
    const { panel, wiki } = world;
    const natural = await open('natural', `${CALLS},exposure`, complete);
    expect(outcome(natural)).toEqual({ ...NATURAL, exposure: ['accepted'] });

    await write('.editor [data-field=kind]', 'stream');
    await panel.click('.editor [data-field=sample] [value=rate]');
    await write('.editor [data-field=name]', 'of.nobody');
    await write('.editor [data-field=rate]', '5');
    await panel.click('.editor .primary');
    expect(await panel.waitFor(`document.querySelector('.editor [data-field=rate] ~ .error').innerText`)).toContain(
      'a rate from 0 to 1, not 5',
    );
    await inForce(0);

    for (const [index, rule] of RULES.entries()) {
      await fill(rule);
      await inForce(index + 1);
    }
    wiki.clearReceived();
    const forced = await open('forced', `${CALLS},exposure`, complete);
    expect(outcome(forced)).toEqual({
      stream: ['accepted forced'],
      instrument: ['accepted forced'],
      schema: ['accepted forced'],
      population: ['answered forced {"inSample":true}'],
      session: [FORCED],
      enrolled: ['accepted forced'],
      mpo: ['enrollment-overridden'],
      config: ['accepted forced'],
      exposure: ['accepted forced'],
    });
    await world.until('all to be held', records =>
      records
        .filter(({ page, decision }) => page.url.includes('tag=forced&') && decision.state === 'accepted')
        .every(({ delivery }) => delivery.state === 'held'),
    );
    expect(wiki.received).toEqual([]);
  });

  it('exports the rules, and "everything off" leaves nothing', async () => {
    const { panel } = world;
    await panel.evaluate(`void (() => {
      URL.createObjectURL = blob => (blob.text().then(text => (globalThis.exported = text)), 'about:blank');
      HTMLAnchorElement.prototype.click = () => undefined;
    })()`);
    await panel.click('.export .button');
    exported = await panel.waitFor<string>('globalThis.exported');
    expect(JSON.parse(exported)).toMatchObject({ format: 1, rules: { length: RULES.length } });

    await panel.click('.bar.override > .button');
    await panel.waitFor(`document.querySelector('.bar.override') === null`);
    await inForce(0);
    const after = await open('after', `${CALLS},exposure`, complete);
    expect(outcome(after)).toEqual({ ...NATURAL, exposure: ['exposure-already-sent'] });
  });

  it('imports rules after it has shown what they will do', async () => {
    const { panel } = world;
    await write('[data-field=import]', exported.replace('"rules"', '"policy": "deliver", "rules"'));
    expect(await panel.waitFor(`document.querySelector('.import .error').innerText`)).toContain('policy');
    expect(await panel.evaluate(`document.querySelector('.preview')`)).toBeNull();

    await write('[data-field=import]', exported);
    await panel.waitFor(`document.querySelectorAll('.preview [data-step=added]').length === ${RULES.length}`);
    await inForce(0);
    await panel.click('.preview [data-action=join]');
    await inForce(RULES.length);
    await panel.click('[aria-labelledby=in-force-title] .rule [data-action=remove]');
    await inForce(RULES.length - 1);
  });

  it('asks before it delivers, and says where events are redirected to', async () => {
    const { panel, wiki } = world;
    const policy = () => panel.evaluate<string>(`document.querySelector('.bar.override select').value`);
    await panel.click('.overrides [value=deliver]');
    expect(await panel.waitFor(`document.querySelector('.overrides dialog[open]')?.innerText`)).toContain(wiki.url);
    await panel.click('.overrides dialog[open] .button');
    await panel.waitFor(`document.querySelector('.overrides dialog[open]') === null`);
    expect(await policy()).toBe('hold-forced');
    expect(await panel.evaluate(`document.querySelector('.overrides [name=policy]:checked').value`)).toBe(
      'hold-forced',
    );

    await panel.click('.overrides [value=redirect]');
    await write('.overrides input[type=url]', 'localhost');
    await panel.click('.overrides form.inline .button');
    expect(await panel.waitFor(`document.querySelector('form.inline .error').innerText`)).not.toBe('');
    await write('.overrides input[type=url]', 'http://localhost:1/v1/events');
    await panel.click('.overrides form.inline .button');
    expect(await panel.waitFor(`document.querySelector('.bar.override .target')?.innerText`)).toContain(
      'localhost:1/v1/events',
    );
    await panel.click('.bar.override > .button');
    await inForce(0);
  });

  it('tries a rate and an identifier, and puts them in force', async () => {
    const { panel } = world;
    await panel.click('#tab-sampling');
    await panel.waitFor(
      `(row => row && (row.querySelector('.explain').click(), true))([...document.querySelectorAll('.sampling .row')].find(row => row.innerText.includes('wiki.half')))`,
    );
    const verdict = (is: string) =>
      panel.waitFor(`document.querySelector('.what-if .verdict').dataset.verdict === '${is}'`);
    await verdict('out');
    await panel.click('.what-if [data-action=next-in]');
    await verdict('in');
    await panel.click('.what-if [data-action=force-id]');
    await panel.waitFor(`document.querySelector('.bar.override')`);
    await write('.what-if [data-field=rate]', '0.0000001');
    await panel.evaluate(DRAWN);
    await panel.click('.what-if [data-action=force-rate]');
    const rules = `(globalThis.browser ?? chrome).runtime.sendMessage({ request: 'override.get', tab: ${world.browser.page.tab} }).then(override => override?.rules.length === 2 && override.rules)`;
    expect(await panel.waitFor(rules)).toEqual([{ session: FORCED }, { stream: 'wiki.half', sample: 0.0000001 }]);
    await panel.click('.bar.override > .button');
    await panel.click('#tab-overrides');
    await inForce(0);
  });

  it('switches cookies off, and hasty', async () => {
    const { panel, browser } = world;
    await fill({ kind: 'cookies' });
    await inForce(1);
    await open('cookies', 'cookies,streams', records => records.length >= 3);
    expect(await browser.page.evaluate('firstCalls.cookies')).toBe(false);
    await panel.click('[data-action=remove]');
    await inForce(0);

    await fill({ kind: 'hasty' });
    await inForce(1);
    const [sent] = (
      await open('hasty', 'streams', records => records.some(({ delivery }) => delivery.status !== null))
    ).filter(({ delivery }) => delivery.status !== null);
    expect(sent?.delivery.url).not.toContain('hasty');
    await panel.click('.bar.override > .button');
    await inForce(0);
    expect(await browser.errors()).toEqual([]);
  });
});
