/** The embedded wiki: pages with the clients, stream configs, schemas and an intake, in one small server. */

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../src/record/record.ts';
import { packageFile, variant } from './config.ts';
import { WORKER } from './extras.ts';
import { GENERATIONS, generationOf, type Generation } from './generation.ts';
import { answer, legacyEvent, type Outcome } from './intake.ts';
import { moduleScript, readModules, startupScript, type Modules } from './loader.ts';
import { page, STYLE } from './pages.ts';
import { schemaFile } from './schemas.ts';
import { standaloneScript } from './standalone.ts';
import { streamConfigs } from './streamconfigs.ts';

/** One request to the intake, as it arrived and as it was answered. */
export interface Received {
  /** Milliseconds since the epoch. */
  at: number;
  /** Path and query. */
  url: string;
  method: string;
  contentType: string;
  body: string;
  events: Json[];
  status: number;
  /** What the intake found, of each event, even where it answered before it looked. */
  outcomes: Outcome[];
}

export interface WikiOptions {
  /** 0, the default: any free port. */
  port?: number;
  host?: string;
  /** How long the clients' queue waits, in seconds, where the page asks for nothing else; 30 as in production. */
  lingerSeconds?: number;
  /** A folder with checkouts of the real clients, to be served instead of the wiki's own. */
  sources?: string;
}

export interface Wiki {
  /** `http://localhost:<port>/`; any other name and address of this machine reaches it as well. */
  url: string;
  port: number;
  received: Received[];
  /** What pages have posted to `/_wiki/note`: texts that are no events. */
  noted: string[];
  clearReceived(): void;
  /** Answers the requests for stream configs that were made with `configs=delay`; how many. */
  releaseConfigs(): number;
  close(): Promise<void>;
}

const BODY_LIMIT = 10_000_000;
const INTAKE = /^\/(?:v1|v2|evt-103e\/v2|ins-502b\/v2)\/events$/;
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'accept, x-requested-with, content-type',
  'access-control-expose-headers': 'etag',
};

/** The body as text, or null where it is over the limit. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  return size <= BODY_LIMIT ? Buffer.concat(chunks).toString('utf8') : null;
}

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-cache' }).end(body);
}

const sendJson = (response: ServerResponse, value: unknown): void =>
  send(response, 200, 'application/json', JSON.stringify(value));

/**
 * Starts the wiki.
 * @returns the running wiki; `close()` ends it and all its connections
 * @throws where the port is taken, or a file of `sources` is missing
 */
export async function startWiki(options: WikiOptions = {}): Promise<Wiki> {
  const { port = 0, host = '0.0.0.0', lingerSeconds = 30, sources } = options;
  const byGeneration = new Map<Generation, Modules>(GENERATIONS.map(one => [one, readModules(one, sources)]));
  /** Bundled for the first page that asks for it. */
  let standalone: Promise<string> | undefined;
  const received: Received[] = [];

  const intake: Handler = async (request, response, url) => {
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') {
      response.writeHead(200).end();
      return;
    }
    if (request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    const contentType = request.headers['content-type'] ?? '';
    const body = await readBody(request);
    const requestId = request.headers['x-request-id']?.toString() ?? randomUUID();
    const {
      status,
      message,
      body: reply,
      events,
      outcomes,
    } = body === null
      ? { status: 413, message: 'Payload Too Large', body: undefined, events: [], outcomes: [] }
      : answer(contentType, body, Boolean(url.searchParams.get('hasty')), requestId);
    const { method } = request;
    received.push({
      at: Date.now(),
      url: url.pathname + url.search,
      method,
      contentType,
      body: body ?? '',
      events,
      status,
      outcomes,
    });
    if (message) response.statusMessage = message;
    if (reply) response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    else response.writeHead(status).end();
  };

  const beacon: Handler = async (request, response, url) => {
    const body = (await readBody(request)) ?? '';
    const events = url.pathname === '/beacon/event' ? [legacyEvent(url.search.slice(1))] : [];
    received.push({
      at: Date.now(),
      url: url.pathname + url.search,
      method: request.method ?? '',
      contentType: request.headers['content-type'] ?? '',
      body,
      events,
      status: 204,
      outcomes: [],
    });
    response.writeHead(204).end();
  };

  const load: Handler = (request, response, url) => {
    const names = (url.searchParams.get('modules') ?? '').split('|');
    const asked = variant(url.searchParams, lingerSeconds);
    const modules = byGeneration.get(generationOf(url.searchParams)) ?? new Map();
    const host = request.headers.host ?? 'localhost';
    const scripts = names.map(name =>
      name === 'startup'
        ? startupScript(modules)
        : moduleScript(modules, name, callback => packageFile(callback, host, asked)),
    );
    send(response, 200, 'text/javascript; charset=utf-8', scripts.join('\n'));
  };

  const wikiPage: Handler = (request, response, url) => {
    const { host = 'localhost', cookie = '' } = request.headers;
    const { status, headers, html } = page(url, host, cookie);
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
  };

  const noted: string[] = [];

  /** The answers that wait, oldest first. */
  let waiting: (() => void)[] = [];
  const api: Handler = (_request, response, url) => {
    const respond = () => sendJson(response, streamConfigs(url.searchParams));
    const configs = url.searchParams.get('configs');
    if (configs === 'delay') waiting.push(respond);
    else if (configs === 'fail') send(response, 503, 'text/html; charset=utf-8', 'Service Unavailable');
    else respond();
  };
  const releaseConfigs = (): number => {
    const released = waiting;
    waiting = [];
    for (const respond of released) respond();
    return released.length;
  };

  const routes: [RegExp, Handler][] = [
    [INTAKE, intake],
    [/^\/beacon\/(?:event|statsv)$/, beacon],
    [/^\/w\/load\.php$/, load],
    [/^\/w\/style\.css$/, (_request, response) => send(response, 200, 'text/css; charset=utf-8', STYLE)],
    [/^\/worker\.js$/, (_request, response) => send(response, 200, 'text/javascript; charset=utf-8', WORKER)],
    [
      /^\/w\/standalone\.js$/,
      async (_request, response) =>
        send(response, 200, 'text/javascript; charset=utf-8', await (standalone ??= standaloneScript(sources))),
    ],
    [/^\/w\/api\.php$/, api],
    [
      /^\/schemas\//,
      (_request, response, url) => {
        const file = schemaFile(url.pathname.slice('/schemas/'.length));
        response.setHeader('access-control-allow-origin', '*');
        if (file) send(response, 200, file.contentType, file.body);
        else send(response, 404, 'text/plain; charset=utf-8', `There is no schema at ${url.pathname}.\n`);
      },
    ],
    [
      /^\/_wiki\/note$/,
      async (request, response) => {
        noted.push((await readBody(request)) ?? '');
        response.writeHead(204).end();
      },
    ],
    [/^\/_wiki\/received$/, (_request, response) => sendJson(response, received)],
    [
      /^\/_wiki\/clear$/,
      (_request, response) => {
        received.length = 0;
        sendJson(response, { cleared: true });
      },
    ],
    [/^\/_wiki\/configs$/, (_request, response) => sendJson(response, { released: releaseConfigs() })],
    [/^\/favicon\.ico$/, (_request, response) => void response.writeHead(204).end()],
    [/^\/$/, (_request, response) => void response.writeHead(302, { location: '/wiki/Main_Page' }).end()],
    [/^\/(?:wiki\/.+|frame)$/, wikiPage],
  ];

  const dispatch = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://wiki');
    const [, handle] = routes.find(([pattern]) => pattern.test(url.pathname)) ?? [];
    if (handle) await handle(request, response, url);
    else send(response, 404, 'text/plain; charset=utf-8', `There is nothing at ${url.pathname}.\n`);
  };
  const server = createServer((request, response) => {
    dispatch(request, response).catch((error: unknown) => {
      // A browser that went away in the middle of its request is no failure.
      if (response.destroyed) return;
      console.error(`${request.method} ${request.url} failed:`, error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await listen(server, port, host);
  const bound = (server.address() as AddressInfo).port;

  return {
    url: `http://localhost:${bound}/`,
    port: bound,
    received,
    noted,
    clearReceived: () => void (received.length = 0),
    releaseConfigs,
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
