import type { ComponentChildren } from 'preact';
import { number, plural, t } from '../i18n.ts';
import { Name } from '../shared/name.tsx';
import { visible } from '../shared/text.ts';
import { useSome } from '../shared/use-some.tsx';
import type { KnownStream } from './compare.ts';

export type Chosen = { kind: 'stream'; name: string } | { kind: 'schema'; uri: string };

interface ListProps {
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
  /** What is said where there is none; null where the list is left out then. */
  empty: string | null;
}

export function StreamList({ streams, chosen, onChoose, empty }: { streams: readonly KnownStream[] } & ListProps) {
  const { shown, more } = useSome(streams, 200);
  return (
    <List title={t('catalogueStreams')} count={streams.length} empty={empty} more={more}>
      {shown.map(stream => (
        <Entry
          key={stream.name}
          pressed={chosen?.kind === 'stream' && chosen.name === stream.name}
          onClick={() => onChoose({ kind: 'stream', name: stream.name })}
        >
          <Name name={stream.name} />
          <span class="more" data-tone={stream.differences > 0 ? 'warning' : undefined}>
            {standing(stream)}
          </span>
        </Entry>
      ))}
    </List>
  );
}

function standing({ page, api, differences }: KnownStream): string {
  if (differences > 0) return plural('catalogueDifferences', differences);
  if (page === undefined) return t('catalogueApiOnly');
  return api === undefined ? t('cataloguePageOnly') : '';
}

export function SchemaList({
  title,
  uris,
  chosen,
  onChoose,
  empty,
}: { title: string; uris: readonly string[] } & ListProps) {
  const { shown, more } = useSome(uris, 100);
  return (
    <List title={title} count={uris.length} empty={empty} more={more}>
      {shown.map(uri => (
        <Entry
          key={uri}
          pressed={chosen?.kind === 'schema' && chosen.uri === uri}
          onClick={() => onChoose({ kind: 'schema', uri })}
        >
          <bdi class="uri">{visible(uri)}</bdi>
        </Entry>
      ))}
    </List>
  );
}

interface Section {
  title: string;
  count: number;
  empty: string | null;
  more: ComponentChildren;
  children: ComponentChildren;
}

function List({ title, count, empty, more, children }: Section) {
  if (count === 0 && empty === null) return null;
  return (
    <section>
      <h2>
        {title} <span class="more">{number(count)}</span>
      </h2>
      {count === 0 && <p class="note">{empty}</p>}
      <ul class="plain">{children}</ul>
      {more}
    </section>
  );
}

function Entry({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: ComponentChildren }) {
  return (
    <li>
      <button type="button" class="entry" aria-pressed={pressed} onClick={onClick}>
        {children}
      </button>
    </li>
  );
}
