/** Schemas kept from one panel to the next: versions never change, so what was read once need not be read again. */

import { isJsonObject } from '../platform/json.ts';
import type { JsonObject } from '../record/record.ts';
import { isImmutable } from './schema-uri.ts';
import type { Repository } from './types.ts';

/** Where schemas are kept, by repository and URI. Either may reject: then there is no cache, and nothing else happens. */
export interface SchemaStore {
  get(repository: string, uri: string): Promise<JsonObject | null>;
  put(repository: string, uri: string, schema: JsonObject): Promise<void>;
}

/**
 * The same repository, asked only for what is not kept. Failures are not kept, nor are `latest` and `current`, nor a
 * schema whose `$id` is another one's.
 */
export function cached(repository: Repository, store: SchemaStore): Repository {
  return {
    ...repository,
    async read(uri, within) {
      if (!isImmutable(uri)) return repository.read(uri, within);
      const kept = await store.get(repository.name, uri).catch(() => null);
      if (isJsonObject(kept)) return { found: true, schema: kept, repository: repository.name };
      const answer = await repository.read(uri, within);
      if (answer.found && answer.schema['$id'] === uri) {
        await store.put(repository.name, uri, answer.schema).catch(() => undefined);
      }
      return answer;
    },
  };
}
