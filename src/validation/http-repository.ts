/** A repository behind HTTP: a base URL that holds `<title>/<version>`, YAML or JSON. */

import { politely, type Read, type ReadAnswer } from './read.ts';
import { isSchemaUri } from './schema-uri.ts';
import type { ParseSchema, Repository, SchemaAnswer } from './types.ts';

/** Where EventGate looks in production, in its order (wikitech, Event Platform/Schemas). */
export const WIKIMEDIA_BASES = [
  'https://schema.wikimedia.org/repositories/primary/jsonschema/',
  'https://schema.wikimedia.org/repositories/secondary/jsonschema/',
];

const LIMIT = 1 << 20;
/** As it is named, as Wikimedia's repositories serve it; then as a plain folder holds it. */
const SUFFIXES = ['', '.yaml', '.json'];
const GONE = [404, 410];

function explain(url: string, answer: ReadAnswer & { ok: false }): SchemaAnswer & { found: false } {
  const { origin } = new URL(url);
  switch (answer.reason) {
    case 'status':
      return answer.status !== null && GONE.includes(answer.status)
        ? { found: false, reason: 'not-found', message: `${url} is not there (${answer.status})` }
        : {
            found: false,
            reason: 'unavailable',
            message: `${origin} answered ${answer.status} for ${url}. Try again when the repository works`,
            remedy: { do: 'try-again' },
          };
    case 'network':
      return {
        found: false,
        reason: 'unavailable',
        message: `${url} could not be reached. Check the network, and that the extension may read from ${origin}`,
        remedy: { do: 'try-again' },
      };
    case 'offline':
      return {
        found: false,
        reason: 'unavailable',
        message: `${url} was not read: the browser is offline. Connect to the network`,
        remedy: { do: 'connect' },
      };
    case 'cors':
      return {
        found: false,
        reason: 'unavailable',
        message: `${origin} answers, but lets no other origin read ${url} (CORS). Allow the extension to read from ${origin}, or have it send Access-Control-Allow-Origin`,
        remedy: { do: 'ask-permission', origin },
      };
    case 'permission':
      return {
        found: false,
        reason: 'unavailable',
        message: `The extension may not read from ${origin} yet. Allow it to`,
        remedy: { do: 'ask-permission', origin },
      };
    case 'timeout':
      return {
        found: false,
        reason: 'unavailable',
        message: `${url} did not answer within 5 s. Try again`,
        remedy: { do: 'try-again' },
      };
    case 'redirect':
      return {
        found: false,
        reason: 'unavailable',
        message: `${url} redirects elsewhere, which is not followed. Use the base it redirects to`,
      };
    case 'too-large':
      return {
        found: false,
        reason: 'too-large',
        message: `${url} is larger than the ${LIMIT >> 20} MB that are read`,
      };
  }
}

function createHttpRepository(base: string, read: Read, parse: ParseSchema): Repository {
  const root = base.replace(/\/+$/, '');
  let suffixes = SUFFIXES;

  async function understand(url: string, text: string): Promise<SchemaAnswer> {
    if (text.length > LIMIT) return explain(url, { ok: false, status: null, reason: 'too-large' });
    try {
      return { found: true, schema: await parse(text), repository: base };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { found: false, reason: 'not-yaml', message: `${url} is neither YAML nor JSON of a schema: ${message}` };
    }
  }

  return {
    name: base,
    async read(uri) {
      if (!isSchemaUri(uri)) return { found: false, reason: 'refused', message: `${uri} is not /<title>/<version>` };
      let first: SchemaAnswer | null = null;
      for (const suffix of suffixes) {
        const url = `${root}${uri}${suffix}`;
        const answer = await read(url, LIMIT);
        if (answer.ok) {
          suffixes = [suffix, ...SUFFIXES.filter(other => other !== suffix)];
          return understand(url, answer.text);
        }
        const failure = explain(url, answer);
        if (failure.reason !== 'not-found') return failure;
        first ??= failure;
      }
      return first ?? { found: false, reason: 'not-found', message: `${root}${uri} is not there` };
    },
  };
}

/**
 * Repositories at these bases (http or https URLs), in this order. They share one reader: 4 requests at a time, 5 s
 * and 1 MB each. Throws a TypeError for a base that is not a URL.
 */
export function createHttpRepositories(bases: readonly string[], tools: { read: Read; parse: ParseSchema }) {
  const read = politely(tools.read);
  return bases.map(base => {
    if (!/^https?:$/.test(new URL(base).protocol)) throw new TypeError(`${base} is not an http or https URL`);
    return createHttpRepository(base, read, tools.parse);
  });
}
