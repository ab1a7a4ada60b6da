import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWiki, type Wiki } from '../../wiki/index.ts';
import { TOUR } from '../../wiki/tour.ts';

let wiki: Wiki;
beforeAll(async () => {
  wiki = await startWiki({ lingerSeconds: 7 });
});
afterAll(() => wiki.close());

/** By another address and name than the wiki's own: `fetch` does not let one set Host. */
function getAs(address: string, host: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: address, port: wiki.port, path, headers: { host } }, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
}

const get = (path: string) => fetch(new URL(path, wiki.url), { redirect: 'manual' });

describe('pages', () => {
  it('say their host as wgServerName, whatever it is', async () => {
    expect(await getAs('127.0.1.9', 'en.wiki.localhost:81', '/wiki/Blank')).toContain(
      '"wgServerName":"en.wiki.localhost"',
    );
  });

  it('set the session that is asked for', async () => {
    const { headers } = await get('/wiki/Blank?session=80000000c0ffee00c0ff');
    expect(headers.get('set-cookie')).toBe('embeddedwikimwuser-sessionId=80000000c0ffee00c0ff; path=/');
  });

  it('carry the header enrollments in Server-Timing', async () => {
    expect((await get('/wiki/Blank')).headers.get('server-timing')).toContain(
      'WMF-Uniq;desc="wiki-from-header=control;"',
    );
  });

  it('do not let their address into the markup', async () => {
    const html = await (await get('/wiki/%3Cimg%20src=x%3E?user=%3C/script%3E&linger=%22%3E')).text();
    expect(html).not.toContain('<img src=x>');
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).not.toContain('linger=">');
  });

  it('answer 404 with a page, the root with the main page, /frame with a frame', async () => {
    expect((await get('/wiki/Nowhere')).status).toBe(404);
    expect((await get('/')).headers.get('location')).toBe('/wiki/Main_Page');
    expect(await (await get('/frame')).text()).not.toContain('<header>');
  });

  it('survive an address that cannot be decoded', async () => {
    expect((await get('/wiki/%E0%A4%A')).status).toBe(404);
  });
});

describe('the loader', () => {
  const data = async (query: string) => (await get(`/w/load.php?modules=ext.eventLogging${query}`)).text();

  it('gives the page what its query asks for', async () => {
    expect(await data('')).toContain('"queueLingerSeconds":7');
    expect(await data('&linger=1')).toContain('"queueLingerSeconds":1');
    expect(await data('&streams=0')).toContain('"streamConfigs":false');
    expect(await data('&intake=0')).toContain('"serviceUri":false');
    expect(await data('&hasty=0')).toContain(`"serviceUri":"http://localhost:${wiki.port}/v1/events"`);
  });

  it('ships sample and producers only, of registered streams only', async () => {
    const text = await data('');
    expect(text).not.toContain('schema_title');
    expect(text).not.toContain('wiki.unregistered');
  });
});

describe('the tour', () => {
  it('has one function for each step, in the same order', () => {
    const file = join(import.meta.dirname, '../../wiki/modules/wiki/tour.js');
    const module: { exports: object } = { exports: {} };
    new Function('module', readFileSync(file, 'utf8'))(module);
    expect(Object.keys(module.exports)).toEqual(TOUR.map(({ id }) => id));
  });

  it('has a button for each step', async () => {
    const html = await (await get('/wiki/Tour')).text();
    for (const { id } of TOUR) expect(html).toContain(`data-step="${id}"`);
  });
});
