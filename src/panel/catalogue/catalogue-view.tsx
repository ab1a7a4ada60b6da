import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PageLoad } from '../../log/types.ts';
import { at } from '../../platform/json.ts';
import { isSchemaUri } from '../../validation/schema-uri.ts';
import { t } from '../i18n.ts';
import { ListField } from '../find/list-field.tsx';
import { useListQuery } from '../find/use-list-query.ts';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { useFollowed } from '../shared/use-followed.ts';
import { createTally, whatOf } from '../store/tally.ts';
import type { Streams } from '../streams.ts';
import { CATALOGUE_FIELDS, itemsOf } from './catalogue-fields.ts';
import { streamsOf } from './compare.ts';
import { type Chosen, SchemaList, StreamList } from './lists.tsx';
import { Repositories } from './repositories.tsx';
import { SchemaPane } from './schema-pane.tsx';
import { StreamPane } from './stream-pane.tsx';
import { SummaryPane } from './summary-pane.tsx';
import './catalogue.css';

/** Calls by the schema that they name. */
const schemaTally = () => createTally(({ schema }) => schema);

/** Stream configs of page and API side by side, schemas with the docs of each field, repositories. */
export function CatalogueView() {
  const panel = usePanel();
  const { reader, drawn } = useFollowed(panel.followed(schemaTally));
  const load = panel.current();
  const { api, cause } = useConfigs(load);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const streams = useMemo(() => streamsOf(load?.context?.streams, api), [load?.context, api]);
  const ofEvents = useMemo(() => [...new Set(whatOf(reader.all()))].sort(), [reader, drawn]);
  const ofStreams = useMemo(() => {
    const titles = new Set<string>();
    for (const one of streams) {
      const title: unknown = at(one.api, 'schema_title');
      if (typeof title === 'string' && !ofEvents.some(uri => uri.startsWith(`/${title}/`))) titles.add(title);
    }
    return [...titles].sort().map(title => `/${title}/latest`);
  }, [streams, ofEvents]);

  const items = useMemo(() => itemsOf(streams, ofEvents, ofStreams), [streams, ofEvents, ofStreams]);
  const { found, query } = useListQuery(items, CATALOGUE_FIELDS);
  const shownStreams = found.flatMap(item => (item.kind === 'stream' ? [item.stream] : []));
  const [shownOfEvents, shownOfStreams] = (['events', 'streams'] as const).map(of =>
    found.flatMap(item => (item.kind === 'schema' && item.of === of ? [item.uri] : [])),
  );
  const written = query.text.trim();
  const isOther = isSchemaUri(written) && ![...ofEvents, ...ofStreams].includes(written);
  const stream = chosen?.kind === 'stream' ? streams.find(({ name }) => name === chosen.name) : undefined;
  const list = { chosen, onChoose: setChosen };
  const schemas = [...(isOther ? [written] : []), ...(shownOfEvents ?? [])];

  return (
    <div class="catalogue">
      <ListField query={query} label={t('catalogueSearch')} />
      <div class="body" data-open={chosen !== null}>
        <nav aria-label={t('view_catalogue')}>
          {cause !== null && <p data-tone="warning">{t('catalogueNoApi', visible(cause, 300))}</p>}
          {load?.context?.streams === false && <p class="note">{t('streamsOff')}</p>}
          <StreamList streams={shownStreams} empty={query.text === '' ? t('catalogueNoStreams') : null} {...list} />
          <SchemaList
            title={t('catalogueSchemas')}
            uris={schemas}
            empty={query.text === '' ? t('catalogueNoSchemas') : null}
            {...list}
          />
          <SchemaList title={t('catalogueSchemasOfStreams')} uris={shownOfStreams ?? []} empty={null} {...list} />
          <Repositories />
        </nav>
        {stream && (
          <StreamPane
            key={stream.name}
            stream={stream}
            hasApi={api !== null}
            onChoose={setChosen}
            onClose={() => setChosen(null)}
          />
        )}
        {chosen?.kind === 'schema' && (
          <SchemaPane key={chosen.uri} uri={chosen.uri} onChoose={setChosen} onClose={() => setChosen(null)} />
        )}
        {chosen === null && <SummaryPane streams={streams} hasApi={api !== null} onChoose={setChosen} />}
      </div>
    </div>
  );
}

/** The configs of the API, read when this is looked at; they are read once a page's wiki. */
function useConfigs(load: PageLoad | null): { api: Streams['configs']; cause: string | null } {
  const panel = usePanel();
  const connection = usePanelState(state => state.connection);
  const [read, setRead] = useState<{ load: PageLoad; streams: Streams } | null>(null);
  const api = load?.context?.api;
  useEffect(() => {
    let wanted = true;
    if (load && api !== undefined && connection === 'connected')
      void panel.configs(load).then(streams => wanted && setRead({ load, streams }));
    return () => void (wanted = false);
  }, [load, api, connection]);
  if (!read || read.load !== load) return { api: null, cause: null };
  return { api: read.streams.configs, cause: read.streams.cause };
}
