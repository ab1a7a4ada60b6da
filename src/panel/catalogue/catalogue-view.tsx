import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PageLoad } from '../../log/types.ts';
import { at } from '../../platform/json.ts';
import { number, plural, t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { Name } from '../shared/name.tsx';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { useRevision } from '../shared/use-revision.ts';
import { useSome } from '../shared/use-some.tsx';
import type { Streams } from '../streams.ts';
import { type KnownStream, streamsOf } from './compare.ts';
import { Repositories } from './repositories.tsx';
import { SchemaPane } from './schema-pane.tsx';
import { StreamPane } from './stream-pane.tsx';
import './catalogue.css';

/** Milliseconds between two looks at the schemas that events name. */
const EVERY = 1_000;

export type Chosen = { kind: 'stream'; name: string } | { kind: 'schema'; uri: string };

/** Stream configs of page and API side by side, the schemas that events name with the docs of each field, repositories. */
export function CatalogueView() {
  const panel = usePanel();
  const revision = useRevision(EVERY);
  const load = panel.current();
  const { api, cause } = useConfigs(load);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const streams = useMemo(() => streamsOf(load?.context?.streams, api), [load?.context, api]);
  const schemas = useMemo(() => {
    const uris = new Set<string>();
    for (const { schema } of panel.log.records) if (schema !== null) uris.add(schema);
    return [...uris].sort();
  }, [revision, panel]);
  const shown = streams.filter(one => fits(`${one.name} ${String(at(one.api, 'schema_title') ?? '')}`, query));
  const shownSchemas = schemas.filter(uri => fits(uri, query));
  const stream = chosen?.kind === 'stream' ? streams.find(({ name }) => name === chosen.name) : undefined;

  return (
    <div class="catalogue">
      <div class="search">
        <Icon name="search" />
        <input
          type="search"
          placeholder={t('catalogueSearch')}
          aria-label={t('catalogueSearch')}
          value={query}
          onInput={event => setQuery(event.currentTarget.value)}
        />
        <span class="more">{number(shown.length + shownSchemas.length)}</span>
      </div>
      <div class="body" data-open={chosen !== null}>
        <nav aria-label={t('view_catalogue')}>
          {cause !== null && <p data-tone="warning">{t('catalogueNoApi', visible(cause, 300))}</p>}
          {load?.context?.streams === false && <p class="note">{t('streamsOff')}</p>}
          <StreamList streams={shown} chosen={chosen} onChoose={setChosen} />
          <SchemaList uris={shownSchemas} chosen={chosen} onChoose={setChosen} />
          <Repositories />
        </nav>
        {stream && <StreamPane key={stream.name} stream={stream} hasApi={api !== null} onChoose={setChosen} />}
        {chosen?.kind === 'schema' && <SchemaPane key={chosen.uri} uri={chosen.uri} onClose={() => setChosen(null)} />}
      </div>
    </div>
  );
}

const fits = (text: string, query: string): boolean => {
  const lower = text.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every(word => lower.includes(word));
};

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

interface ListProps {
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
}

function StreamList({ streams, chosen, onChoose }: { streams: readonly KnownStream[] } & ListProps) {
  const { shown, more } = useSome(streams, 200);
  return (
    <section>
      <h2>
        {t('catalogueStreams')} <span class="more">{number(streams.length)}</span>
      </h2>
      {streams.length === 0 && <p class="note">{t('catalogueNoStreams')}</p>}
      <ul class="plain">
        {shown.map(({ name, page, api, differences }) => (
          <li key={name}>
            <button
              type="button"
              class="entry"
              aria-pressed={chosen?.kind === 'stream' && chosen.name === name}
              onClick={() => onChoose({ kind: 'stream', name })}
            >
              <Name name={name} />
              <span class="more" data-tone={differences > 0 ? 'warning' : undefined}>
                {differences > 0
                  ? plural('catalogueDifferences', differences)
                  : page === undefined
                    ? t('catalogueApiOnly')
                    : api === undefined
                      ? t('cataloguePageOnly')
                      : ''}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}

function SchemaList({ uris, chosen, onChoose }: { uris: readonly string[] } & ListProps) {
  const { shown, more } = useSome(uris, 100);
  return (
    <section>
      <h2>
        {t('catalogueSchemas')} <span class="more">{number(uris.length)}</span>
      </h2>
      {uris.length === 0 && <p class="note">{t('catalogueNoSchemas')}</p>}
      <ul class="plain">
        {shown.map(uri => (
          <li key={uri}>
            <button
              type="button"
              class="entry"
              aria-pressed={chosen?.kind === 'schema' && chosen.uri === uri}
              onClick={() => onChoose({ kind: 'schema', uri })}
            >
              <bdi class="uri">{visible(uri)}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}
