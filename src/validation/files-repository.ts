/**
 * A repository that is a folder: a checkout of a schema repository, or any folder of schemas. Where a version is not
 * materialized yet, the `current.yaml` of its title is, if its `$id` is that version.
 */

import { titleOf } from '../platform/intake.ts';
import type { JsonObject } from '../record/record.ts';
import { isDraft, materialize } from './materialize.ts';
import { isSchemaUri } from './schema-uri.ts';
import type { ParseSchema, Repository, SchemaAnswer } from './types.ts';
import { newestOf, versionOf } from './versions.ts';

/** The files of a folder, by their paths within it, without a slash at the beginning. */
export interface Files {
  /**
   * The text of a file; null where there is none. Rejects with an Error that says why it cannot be read and what to do.
   */
  read(path: string): Promise<string | null>;
  /** The names in a folder; none where it is not there. */
  list(path: string): Promise<string[]>;
}

/** Wikimedia's repositories keep their schemas in this folder. */
const ROOTS = ['', 'jsonschema/'];
const SUFFIXES = ['', '.yaml', '.json'];
const CURRENT = ['current.yaml', 'current.json', 'current'];

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * @param name what the panel and messages call it
 * @param others where `$ref`s of a draft are looked for that this folder does not have, as jsonschema-tools is set up
 *   to look in the primary repository
 */
export function createFilesRepository(
  name: string,
  files: Files,
  tools: { parse: ParseSchema; others?: readonly Repository[] },
): Repository & { newest(title: string): Promise<string | null> } {
  const { parse, others = [] } = tools;

  async function first(paths: readonly string[]): Promise<{ path: string; text: string } | null> {
    for (const path of paths) {
      const text = await files.read(path);
      if (text !== null) return { path, text };
    }
    return null;
  }

  async function parsed({ path, text }: { path: string; text: string }): Promise<JsonObject> {
    try {
      return await parse(text);
    } catch (error) {
      throw new Error(`${path} in ${name} is neither YAML nor JSON of a schema: ${messageOf(error)}`, { cause: error });
    }
  }

  const missing = (message: string): SchemaAnswer => ({ found: false, reason: 'not-found', message });

  /** For the `$ref`s of drafts: from here, then from the others, in order. */
  async function load(uri: string, within: readonly string[]): Promise<JsonObject> {
    if (within.includes(uri)) throw new Error(`$ref ${uri} leads back to itself`);
    let last: SchemaAnswer & { found: false } = {
      found: false,
      reason: 'refused',
      message: `${uri} is no schema's URI`,
    };
    for (const repository of [self, ...others]) {
      const answer = await repository.read(uri, within);
      if (answer.found) return answer.schema;
      last = answer;
    }
    throw new Error(`$ref ${uri} could not be resolved: ${last.message}. Add the repository that holds it`);
  }

  async function readCurrent(uri: string, within: readonly string[]): Promise<SchemaAnswer> {
    const title = titleOf(uri);
    const current = await first(ROOTS.flatMap(root => CURRENT.map(file => `${root}${title}/${file}`)));
    if (!current) return missing(`${uri.slice(1)} is not there in ${name}`);
    const draft = await parsed(current);
    const id = draft['$id'];
    const wanted = versionOf(uri);
    if (wanted !== 'current' && id !== uri) {
      return missing(`${uri.slice(1)} is not there in ${name}; its ${current.path} is ${JSON.stringify(id ?? null)}`);
    }
    try {
      const schema = isDraft(draft) ? await materialize(draft, ref => load(ref, [...within, uri])) : draft;
      return { found: true, schema, repository: name };
    } catch (error) {
      return { found: false, reason: 'not-yaml', message: `${current.path} does not materialize: ${messageOf(error)}` };
    }
  }

  async function versions(title: string): Promise<string[]> {
    const names = (await Promise.all(ROOTS.map(root => files.list(`${root}${title}`)))).flat();
    return names.map(file => file.replace(/\.(?:yaml|json)$/, ''));
  }

  const self: Repository & { newest(title: string): Promise<string | null> } = {
    name,
    async read(uri, within = []) {
      if (!isSchemaUri(uri)) return { found: false, reason: 'refused', message: `${uri} is not /<title>/<version>` };
      try {
        const version = versionOf(uri) === 'latest' ? await self.newest(titleOf(uri)) : versionOf(uri);
        if (version === null) return missing(`No version of ${titleOf(uri)} is there in ${name}`);
        const path = `${titleOf(uri)}/${version}`;
        const found =
          version === 'current' ? null : await first(ROOTS.flatMap(root => SUFFIXES.map(end => root + path + end)));
        return found ? { found: true, schema: await parsed(found), repository: name } : await readCurrent(uri, within);
      } catch (error) {
        const message = messageOf(error);
        const reason = / is neither YAML nor JSON /.test(message) ? 'not-yaml' : 'unavailable';
        return { found: false, reason, message };
      }
    },
    async newest(title) {
      return newestOf(await versions(title));
    },
  };
  return self;
}

/** Files that were dropped or picked: path -> text. */
export function filesOf(texts: { readonly [path: string]: string }): Files {
  const paths = Object.keys(texts);
  return {
    async read(path) {
      return Object.hasOwn(texts, path) ? (texts[path] ?? null) : null;
    },
    async list(folder) {
      const prefix = `${folder}/`;
      const names = paths.filter(path => path.startsWith(prefix)).map(path => path.slice(prefix.length).split('/')[0]);
      return [...new Set(names)].filter(name => name !== undefined);
    },
  };
}
