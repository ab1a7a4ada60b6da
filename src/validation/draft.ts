/** A pasted draft: one schema, bound to its URI, or to a stream whose events are judged by it whatever they name. */

import type { JsonObject } from '../record/record.ts';
import { isDraft, materialize } from './materialize.ts';
import { isSchemaUri } from './schema-uri.ts';
import type { ParseSchema, Repository, SchemaAnswer } from './types.ts';

export type Binding = { uri: string } | { stream: string };

export interface Draft extends Repository {
  /** The stream that it is bound to; null where it is bound to a URI. */
  readonly stream: string | null;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * @param text YAML or JSON, as it was pasted; `$ref`s are found in `others`
 * @throws TypeError where it is bound to what is no schema's URI
 */
export function createDraft(
  text: string,
  binding: Binding,
  { parse, others }: { parse: ParseSchema; others: readonly Repository[] },
): Draft {
  const stream = 'stream' in binding ? binding.stream : null;
  const bound = 'uri' in binding ? binding.uri : null;
  if (bound !== null && !isSchemaUri(bound)) throw new TypeError(`${bound} is not /<title>/<version>`);
  const name = `draft for ${bound ?? stream ?? ''}`;
  let reading: Promise<SchemaAnswer> | null = null;

  async function load(uri: string): Promise<JsonObject> {
    let last = `there is no repository to look for it`;
    for (const repository of others) {
      const answer = await repository.read(uri, bound === null ? [] : [bound]);
      if (answer.found) return answer.schema;
      last = answer.message;
    }
    throw new Error(`$ref ${uri} could not be resolved: ${last}. Add the repository that holds it`);
  }

  async function read(): Promise<SchemaAnswer> {
    let schema: JsonObject;
    try {
      schema = await parse(text);
    } catch (error) {
      return { found: false, reason: 'not-yaml', message: `The ${name} is neither YAML nor JSON: ${messageOf(error)}` };
    }
    try {
      return { found: true, schema: isDraft(schema) ? await materialize(schema, load) : schema, repository: name };
    } catch (error) {
      return { found: false, reason: 'not-yaml', message: `The ${name} does not materialize: ${messageOf(error)}` };
    }
  }

  return {
    name,
    stream,
    async read(uri) {
      if (bound !== null && uri !== bound)
        return { found: false, reason: 'not-found', message: `The ${name} is another` };
      const answer = await (reading ??= read());
      // A repository that its `$ref`s need may answer the next time.
      if (!answer.found) reading = null;
      return answer;
    },
  };
}
