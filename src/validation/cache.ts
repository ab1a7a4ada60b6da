/** Schemas kept from one panel to the next: versions never change, so what was read once need not be read again. */

import type { Json, JsonObject } from '../record/record.ts';
import { isImmutable } from './schema-uri.ts';
import type { Repository } from './types.ts';

/** Where schemas are kept, by repository and URI. Either may reject: then there is no cache, and nothing else happens. */
export interface SchemaStore {
  get(repository: string, uri: string): Promise<JsonObject | null>;
  put(repository: string, uri: string, schema: JsonObject): Promise<void>;
}

const isObject = (value: Json | null): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The same repository, asked only for what is not kept. Failures are not kept, nor are `latest` and `current`, nor a
 * schema whose `$id` is another one's.
 */
export function cached(repository: Repository, store: SchemaStore): Repository {
  return {
    ...repository,
    async read(uri) {
      if (!isImmutable(uri)) return repository.read(uri);
      const kept = await store.get(repository.name, uri).catch(() => null);
      if (isObject(kept)) return { found: true, schema: kept, repository: repository.name };
      const answer = await repository.read(uri);
      if (answer.found && answer.schema['$id'] === uri) {
        await store.put(repository.name, uri, answer.schema).catch(() => undefined);
      }
      return answer;
    },
  };
}
