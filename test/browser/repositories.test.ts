/** Where schemas come from, as a user sets it in the panel; and what each failure says and offers. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Record } from '../../src/record/record.ts';
import { BROWSERS, eventSource, openWorld, READY, type World } from './support/world.ts';

const URI = '/analytics/product_metrics/web/base/1.3.0';
const TITLE = 'analytics/product_metrics/web/base';
const STREAM = 'wiki.page_visit';
/** A draft that takes only events with another action. */
const STRICT = `title: ${TITLE}
$id: ${URI}
type: object
required: [$schema, meta, action]
properties:
  action: { type: string, enum: [other] }
`;

/** A server that answers as it is told. */
interface Answering {
  url: string;
  status: number;
  body: string;
  cors: boolean;
  requests: number;
  server: Server;
}

async function startServer(host: string): Promise<Answering> {
  const answering: Answering = { url: '', status: 200, body: '', cors: true, requests: 0, server: createServer() };
  answering.server.on('request', (_, response) => {
    answering.requests++;
    if (answering.cors) response.setHeader('access-control-allow-origin', '*');
    response.writeHead(answering.status).end(answering.body);
  });
  await new Promise<void>(resolve => answering.server.listen(0, '0.0.0.0', resolve));
  answering.url = `http://${host}:${(answering.server.address() as AddressInfo).port}/`;
  return answering;
}

/** Writes into a field as a user does, as far as the page can tell. */
const type = (selector: string, text: string) => `(field => {
  field.value = ${JSON.stringify(text)};
  field.dispatchEvent(new Event('input', { bubbles: true }));
})(document.querySelector(${JSON.stringify(selector)}))`;

/** Files as an input for folders gives them: scripts cannot pick a folder. */
const pick = (files: { [path: string]: string }) => `(input => {
  const given = new DataTransfer();
  for (const [path, text] of Object.entries(${JSON.stringify(files)})) given.items.add(new File([text], path.split('/').at(-1)));
  const paths = Object.keys(${JSON.stringify(files)});
  const list = [...given.files];
  list.forEach((file, index) => Object.defineProperty(file, 'webkitRelativePath', { value: paths[index] }));
  Object.defineProperty(input, 'files', { value: list, configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  delete input.files;
})(document.querySelector('.settings .file input'))`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  let server: Answering;
  let elsewhere: Answering;
  let bases: string[];
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 600 });
    server = await startServer('localhost');
    elsewhere = await startServer('127.0.0.2');
    bases = ['primary', 'secondary'].map(one => `${world.wiki.url}schemas/${one}/jsonschema/`);
    const { browser, wiki, panel } = world;
    await browser.page.goto(`${wiki.url}wiki/Blank`);
    await browser.page.waitFor(READY);
    await browser.page.evaluate(`mw.eventLog.submit('${STREAM}', ${eventSource("'one'")})`);
    await world.until('the event', records => records.some(({ stream }) => stream === STREAM));
    await panel.click('#tab-settings');
  });
  afterAll(async () => {
    await world.close();
    for (const one of [server, elsewhere]) {
      one.server.closeAllConnections();
      one.server.close();
    }
  });

  async function verdict(): Promise<Record['verdict']> {
    await world.panel.evaluate('inspector.settled()');
    const record = (await world.records()).find(({ stream }) => stream === STREAM);
    if (!record) throw new Error('no record');
    return record.verdict;
  }
  const use = (...some: string[]) => world.panel.evaluate(`inspector.setRepositories(${JSON.stringify(some)})`);
  const status = (nth: number) => world.panel.text(`.repositories > li:nth-child(${nth})`);

  it('has the order, the answers and a way to change both', async () => {
    await use(...bases);
    expect((await verdict()).verdict).toBe('valid');
    expect(await status(1)).toContain('0 found, 1 not there');
    expect(await status(2)).toContain('1 found, 0 not there');
    await world.panel.click('.repositories > li:nth-child(2) .tools button:nth-of-type(1)');
    await world.panel.waitFor(`document.querySelector('.repositories > li .base').innerText.includes('secondary')`);
    expect((await verdict()).verdict).toBe('valid');
    await world.panel.click('.repositories > li:nth-child(1) .tools button:nth-of-type(3)');
    await world.panel.waitFor(`document.querySelectorAll('.repositories > li').length === 1`);
    expect((await verdict()).verdict).toBe('unknown-schema');
  });

  it('judges by a base that was typed', async () => {
    await use(...bases.slice(0, 1));
    expect((await verdict()).verdict).toBe('unknown-schema');
    await world.panel.evaluate(type('.settings .add input', bases[1] ?? ''));
    await world.panel.click('.settings .add button:enabled');
    await world.panel.waitFor(`document.querySelectorAll('.repositories > li').length === 2`);
    expect((await verdict()).verdict).toBe('valid');
  });

  it('judges by a folder, its current.yaml materialized, with $refs into the other repositories', async () => {
    await use(...bases);
    const own = `title: ${TITLE}\n$id: ${URI}\n$schema: https://json-schema.org/draft-07/schema#\ntype: object\nallOf:\n  - $ref: /analytics/product_metrics/web/base/1.4.3#\n  - required: [page]\n`;
    await world.panel.evaluate(pick({ [`checkout/jsonschema/${TITLE}/current.yaml`]: own }));
    await world.panel.waitFor(`document.querySelector('.repositories > li[data-kind=folder]')`);
    expect(await verdict()).toMatchObject({ verdict: 'invalid', errors: [{ keyword: 'required' }] });
    expect(await status(1)).toMatch(/checkout[^]*1 found/);
  });

  it('judges by a pasted draft, bound to a schema or to a stream', async () => {
    await use(...bases);
    const paste = '.settings .inline > button:last-of-type';
    await world.panel.click(paste);
    await world.panel.waitFor(`document.querySelector('.draft textarea')`);
    await world.panel.evaluate(type('.draft textarea', STRICT));
    await world.panel.waitFor(`document.querySelector('.draft .bound').value === '${URI}'`);
    await world.panel.click('.draft .button.primary:enabled');
    await world.panel.waitFor(`document.querySelector('.repositories > li[data-kind=draft]')`);
    expect(await verdict()).toMatchObject({ verdict: 'invalid', errors: [{ keyword: 'enum', expected: ['other'] }] });

    await use(...bases);
    await world.panel.click(paste);
    await world.panel.waitFor(`document.querySelector('.draft textarea')`);
    await world.panel.evaluate(type('.draft textarea', STRICT.replaceAll('base', 'another')));
    await world.panel.click('.draft label:nth-of-type(2) input[type=radio]');
    await world.panel.evaluate(type('.draft .bound', STREAM));
    await world.panel.click('.draft .button.primary:enabled');
    await world.panel.waitFor(`document.querySelector('.repositories > li[data-kind=draft]')`);
    expect(await verdict()).toMatchObject({ verdict: 'invalid', cause: expect.stringContaining(STREAM) });
  });

  it('says of each failure what it is and what helps', async () => {
    const told = async () => ({ verdict: (await verdict()).verdict, text: await status(1) });
    server.status = 404;
    await use(server.url);
    expect(await told()).toMatchObject({ verdict: 'unknown-schema', text: expect.stringContaining('1 not there') });

    server.status = 503;
    await use(server.url);
    expect(await told()).toMatchObject({
      verdict: 'unavailable',
      text: expect.stringMatching(/answered 503[^]*Try again/),
    });

    Object.assign(server, { status: 200, body: '<!DOCTYPE html>' });
    await use(server.url);
    expect(await told()).toMatchObject({
      verdict: 'unreadable-schema',
      text: expect.stringContaining('neither YAML nor JSON'),
    });

    await use('http://localhost:1/');
    expect(await told()).toMatchObject({
      verdict: 'unavailable',
      text: expect.stringMatching(/could not be reached[^]*Try again/),
    });

    Object.assign(elsewhere, { status: 200, body: STRICT, cors: false });
    await use(elsewhere.url);
    expect(await told()).toMatchObject({ verdict: 'unavailable', text: expect.stringMatching(/CORS[^]*Allow/) });
    const link = await world.panel.evaluate<string>(`document.querySelector('.repositories a').href`);
    expect(link).toContain(`popup.html?origin=${encodeURIComponent(new URL(elsewhere.url).origin)}`);
  });

  it('keeps no failure past its cause', async () => {
    Object.assign(server, { status: 503, body: '' });
    await use(server.url);
    expect((await verdict()).verdict).toBe('unavailable');
    Object.assign(server, { status: 200, body: STRICT.replace('other', 'page_visit') });
    await world.panel.click('.repositories > li .more.inline .button');
    await world.panel.waitFor(`!document.querySelector('.repositories > li').innerText.includes('503')`);
    expect((await verdict()).verdict).toBe('valid');
  });

  it('keeps schemas that never change from one panel to the next, and forgets them', async () => {
    Object.assign(server, { status: 200, body: STRICT.replace('other', 'page_visit') });
    const size = `document.querySelector('[aria-labelledby=kept-title] [role=status]').innerText`;
    await use(server.url);
    await verdict();
    await world.panel.waitFor(`${size}.startsWith('0 ')`);
    await world.panel.click('.repositories > li input[type=checkbox]');
    await world.panel.waitFor(`document.querySelector('.repositories > li input').checked`);
    await verdict();
    await world.panel.waitFor(`${size}.startsWith('1 ')`);
    const before = server.requests;
    await world.panel.click('.settings h2 .button');
    expect((await verdict()).verdict).toBe('valid');
    // What is newest is asked all the same: it moves.
    expect(server.requests - before).toBeLessThanOrEqual(3);
    await world.panel.click('[aria-labelledby=kept-title] button');
    await world.panel.waitFor(`${size}.startsWith('0 ')`);
  });

  it('shows the step and place of an error, and mutes a check for its stream', async () => {
    await use(...bases);
    const { panel, browser } = world;
    await browser.page.evaluate(`mw.eventLog.submit('${STREAM}', { ...${eventSource("'two'")}, surplus: 1 })`);
    await world.until('the second event', records => records.filter(({ stream }) => stream === STREAM).length === 2);
    await panel.evaluate('inspector.settled()');
    await panel.click('#tab-events');
    const id = (await world.records()).find(({ verdict: { verdict } }) => verdict === 'invalid')?.id ?? '';
    await panel.click(`.row[data-id="${id}"]`);
    await panel.waitFor(`document.querySelector('.details .errors')`);
    expect(await panel.text('.details .steps [data-state=fell]')).toBe('validation');
    expect(await panel.text('.details .errors')).toMatch(/\/surplus[^]*additionalProperties/);
    expect(await panel.text('.json [data-path="/surplus"]')).toContain('is not in the schema');
    await panel.click('.details .errors .place');
    await panel.waitFor(`document.querySelector('.json [aria-selected=true]').dataset.path === '/surplus'`);

    const found = '.findings [data-check=old-schema]';
    expect(await panel.text('.json [data-path="/$schema"]')).toContain('newest');
    await panel.click(`${found} .mute`);
    await panel.waitFor(`document.querySelector('${found}') === null`);
    expect(await panel.text('.details')).toContain('1 finding is muted');
    const checks = (await world.records()).flatMap(record => record.checks.map(({ check }) => check));
    expect(checks).toContain('old-schema');
    await panel.click('#tab-settings');
    await panel.click('.settings .muted li button');
    await panel.waitFor(`document.querySelector('.settings .muted li') === null`);
    // Chromium notes each refusal by CORS itself.
    expect((await browser.errors()).filter(text => !text.includes(elsewhere.url))).toEqual([]);
  });
});
