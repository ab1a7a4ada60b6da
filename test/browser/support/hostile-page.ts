/** A page that has nothing but texts that mean no good, in every place that the panel shows something of. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Markup, what turns and hides text, and what is too long. */
export const NASTY = [
  '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>',
  '\u202egnirts desrever\u2066 \u0000 nul \ud83d\ude80 \ud800 half \u200f',
  'x'.repeat(20_000),
];
/** Names that may stand in a URL's path. */
const TITLE = 'hostile/schema';

const by = <T>(make: (text: string) => T): { [name: string]: T } =>
  Object.fromEntries(NASTY.map(text => [text, make(text)]));

/** A stream of the page differs from the API's in everything. */
const streams = by(text => ({
  sample: { unit: text, rate: 1, [text]: text },
  producers: by(() => ({ [text]: text })),
}));
const apiStreams = by(text => ({ schema_title: TITLE, sample: { unit: 'session', rate: text }, [text]: [text] }));

const schema = {
  $id: `/${TITLE}/1.0.0`,
  title: TITLE,
  description: NASTY.join('\n\n'),
  type: 'object',
  properties: by(text => ({
    type: 'string',
    description: `${text}\nsecond line`,
    enum: NASTY,
    pattern: text.slice(0, 100),
    properties: by(() => ({ type: text, description: text })),
  })),
  required: NASTY,
};

function inPage(nasty: string[], configs: object): void {
  const [markup = '', turned = '', long = ''] = nasty;
  const names = <T>(make: (text: string) => T) => Object.fromEntries(nasty.map(text => [text, make(text)]));
  const send = (event: object) => navigator.sendBeacon('/v1/events?hasty=true', JSON.stringify(event));
  const groups = names(text => text);
  const mw = {
    config: {
      values: {
        wgDBname: turned,
        wgScriptPath: '/w',
        wgCookiePrefix: 'x',
        skin: markup,
        wgUserLanguage: markup,
        wgVersion: long,
        wgUserName: markup,
        wgTestKitchenUserExperiments: { enrolled: nasty, assigned: groups, subject_ids: groups, overrides: nasty },
      },
    },
    loader: {
      moduleRegistry: {
        'ext.eventLogging': {
          packageExports: {
            'ext.eventLogging/data.json': { streamConfigs: configs, serviceUri: '/v1/events', queueLingerSeconds: 1 },
          },
        },
        'ext.testKitchen': {
          packageExports: {
            'config.json': {
              instrumentConfigs: names(text => ({
                name: text,
                sample: { unit: 'session', rate: 0.5 },
                stream_name: text,
              })),
              experimentConfigs: names(text => ({ name: text, groups: nasty, stream_name: text })),
            },
          },
        },
      },
    },
    user: { sessionId: () => turned, getPageviewToken: () => markup },
    eventLog: {
      submit(_stream: string, event: object) {
        mw.user.sessionId();
        mw.user.getPageviewToken();
        send(event);
      },
    },
    testKitchen: {
      getInstrument: (name: string) => ({ name, send: () => undefined }),
      getExperiment: (name: string) => Promise.resolve({ name, getAssignedGroup: () => markup, send: () => undefined }),
    },
    track: () => undefined,
  };
  Object.assign(globalThis, { mw });
  document.body.className = nasty.slice(0, 2).join(' ');
  document.title = turned;
  for (const text of nasty) {
    mw.eventLog.submit(text, {
      $schema: '/hostile/schema/1.0.0',
      meta: { stream: text },
      action: text,
      [text]: { [text]: [text] },
    });
    mw.eventLog.submit(text, { $schema: `/${text}/1.0.0`, meta: { stream: text }, action: text });
    mw.testKitchen.getInstrument(text).send();
    void mw.testKitchen.getExperiment(text);
  }
  const keys = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key ${i} ${turned}`, i]));
  mw.eventLog.submit('ten.thousand', { $schema: '/hostile/schema/1.0.0', action: 'many', ...keys });
  mw.eventLog.submit('a.megabyte', { $schema: '/hostile/schema/1.0.0', action: 'long', long: 'y'.repeat(1_000_000) });
}

/** Serves the page, its API and its schemas on this machine. */
export async function startHostilePage(): Promise<{ url: string; schemas: string; close(): void }> {
  const script = `(${inPage.toString()})(${JSON.stringify(NASTY)}, ${JSON.stringify(streams)})`.replaceAll(
    '</',
    '<\\/',
  );
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const json = (value: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (pathname === '/w/api.php') json({ streams: apiStreams });
    else if (pathname.startsWith(`/schemas/${TITLE}/`)) json(schema);
    else if (pathname.startsWith('/schemas/')) response.writeHead(404).end(NASTY[0]);
    else if (pathname.startsWith('/v1/')) response.writeHead(202).end();
    else
      response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'server-timing': 'WMF-Uniq;desc="<b>x</b>=<i>y</i>;"',
        })
        .end(`<!doctype html><meta charset="utf-8"><body><script>${script}</script>`);
  });
  await new Promise<void>(resolve => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/%E2%80%AEdeit/${encodeURIComponent('<b>')}?q=%00${'z'.repeat(3_000)}#${encodeURIComponent(NASTY[1]?.replace('\ud800', '') ?? '')}`,
    schemas: `http://localhost:${port}/schemas/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
