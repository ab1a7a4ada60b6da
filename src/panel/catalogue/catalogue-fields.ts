import { fieldsOf } from '../../log/query/list.ts';
import { at } from '../../platform/json.ts';
import type { KnownStream } from './compare.ts';

/** `of`: whether events name the schema, or only streams. */
export type CatalogueItem =
  { kind: 'stream'; stream: KnownStream } | { kind: 'schema'; uri: string; of: 'events' | 'streams' };

export function itemsOf(
  streams: readonly KnownStream[],
  ofEvents: readonly string[],
  ofStreams: readonly string[],
): CatalogueItem[] {
  return [
    ...streams.map((stream): CatalogueItem => ({ kind: 'stream', stream })),
    ...ofEvents.map((uri): CatalogueItem => ({ kind: 'schema', uri, of: 'events' })),
    ...ofStreams.map((uri): CatalogueItem => ({ kind: 'schema', uri, of: 'streams' })),
  ];
}

const streamOf = (item: CatalogueItem) => (item.kind === 'stream' ? item.stream : null);
const titleOf = (item: CatalogueItem) => (item.kind === 'schema' ? item.uri : at(item.stream.api, 'schema_title'));

/** What can be asked of streams and schemas; paths lead into the config that the API has, else the page's. */
export const CATALOGUE_FIELDS = fieldsOf<CatalogueItem>({
  named: {
    kind: { of: ({ kind }) => kind, list: ['stream', 'schema'] },
    stream: { of: item => streamOf(item)?.name },
    schema: { of: titleOf },
  },
  is: {
    different: item => (streamOf(item)?.differences ?? 0) > 0,
    unregistered: item => item.kind === 'stream' && item.stream.page === undefined,
  },
  body: item => streamOf(item)?.api ?? streamOf(item)?.page,
  words: item => [item.kind === 'stream' ? item.stream.name : item.uri, String(titleOf(item) ?? '')],
});
