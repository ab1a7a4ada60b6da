import { useMemo } from 'preact/hooks';
import { quoted } from '../../log/query/syntax.ts';
import { at } from '../../platform/json.ts';
import type { Json } from '../../record/record.ts';
import { t } from '../i18n.ts';
import { CloseButton } from '../shared/close-button.tsx';
import { CopyButton } from '../shared/copy-button.tsx';
import { EventsLink } from '../shared/events-link.tsx';
import { Icon } from '../shared/icon.tsx';
import { Name, Path } from '../shared/name.tsx';
import { visible } from '../shared/text.ts';
import { useSome } from '../shared/use-some.tsx';
import { compare, isDifference, type KnownStream } from './compare.ts';
import type { Chosen } from './lists.tsx';

interface Props {
  stream: KnownStream;
  /** Whether the API's configs could be read: else nothing can be said to differ. */
  hasApi: boolean;
  onChoose: (chosen: Chosen) => void;
  onClose: () => void;
}

/** A stream's settings, those of the page beside those of the API. */
export function StreamPane({ stream: { name, page, api }, hasApi, onChoose, onClose }: Props) {
  const settings = useMemo(() => compare(page, api), [page, api]);
  const { shown, more } = useSome(settings, 200);
  const title: unknown = at(api, 'schema_title');
  return (
    <section class="pane" aria-label={visible(name)}>
      <header>
        <h2>
          <Name name={name} />
        </h2>
        <CopyButton
          label={t('copyJson')}
          text={() => JSON.stringify({ page: page ?? null, api: api ?? null }, null, 2)}
        />
        <CloseButton onClick={onClose} />
      </header>
      {page === undefined && hasApi && <p data-tone="warning">{t('catalogueUnregistered')}</p>}
      {api === undefined && hasApi && <p data-tone="error">{t('catalogueUndeclared')}</p>}
      {typeof title === 'string' && (
        <p>
          {t('catalogueSchemaOf')}{' '}
          <button type="button" class="link" onClick={() => onChoose({ kind: 'schema', uri: `/${title}/latest` })}>
            <bdi>{visible(title)}</bdi>
          </button>
        </p>
      )}
      <p>
        <EventsLink query={`stream:=${quoted(name)}`} />
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('catalogueSetting')}</th>
            <th scope="col">{t('cataloguePage')}</th>
            <th scope="col">{t('catalogueApi')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(setting => (
            <tr key={setting.path} data-differs={hasApi && isDifference(setting)}>
              <th scope="row">
                {hasApi && isDifference(setting) && <Icon name="warning" />}
                <Path path={setting.path} />
                {hasApi && isDifference(setting) && <span class="unseen">{t('catalogueDiffers')}</span>}
              </th>
              <Value value={setting.page} />
              <Value value={setting.api} />
            </tr>
          ))}
        </tbody>
      </table>
      {more}
      <p class="note">{t('catalogueShipped')}</p>
    </section>
  );
}

function Value({ value }: { value: Json | undefined }) {
  return (
    <td>{value === undefined ? <span class="more">–</span> : <code>{visible(JSON.stringify(value), 300)}</code>}</td>
  );
}
