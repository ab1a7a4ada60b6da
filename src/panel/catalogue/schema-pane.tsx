import { useEffect, useMemo, useState } from 'preact/hooks';
import { quoted } from '../../log/query/syntax.ts';
import { titleOf } from '../../platform/intake.ts';
import type { JsonObject } from '../../record/record.ts';
import type { SchemaAnswer } from '../../validation/types.ts';
import { versionOf } from '../../validation/versions.ts';
import { number, t } from '../i18n.ts';
import { CloseButton } from '../shared/close-button.tsx';
import { CopyButton } from '../shared/copy-button.tsx';
import { EventsLink } from '../shared/events-link.tsx';
import { Path } from '../shared/name.tsx';
import { prose, visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { useSome } from '../shared/use-some.tsx';
import { type Field, fieldsOf, matching, MOST_FIELDS } from './fields.ts';
import type { Chosen } from './lists.tsx';

interface Props {
  uri: string;
  onChoose: (chosen: Chosen) => void;
  onClose: () => void;
}

/** A schema as the repositories have it: each field with what it holds, what it demands, and the schema's own words. */
export function SchemaPane({ uri, onChoose, onClose }: Props) {
  const panel = usePanel();
  const [answer, setAnswer] = useState<SchemaAnswer | null>(null);
  const [newest, setNewest] = useState<string | null>(null);
  const isVersion = /\d$/.test(uri);
  useEffect(() => {
    let wanted = true;
    void panel.readSchema(uri).then(read => wanted && setAnswer(read));
    if (isVersion) void panel.newestVersion(titleOf(uri)).then(version => wanted && setNewest(version));
    return () => void (wanted = false);
  }, [uri]);
  return (
    <section class="pane" aria-label={visible(uri)}>
      <header>
        <h2>
          <Path path={uri} />
        </h2>
        {answer?.found && <CopyButton label={t('copyJson')} text={() => JSON.stringify(answer.schema, null, 2)} />}
        <CloseButton onClick={onClose} />
      </header>
      {answer === null && <p role="status">{t('schemaReading')}</p>}
      {answer?.found === false && (
        <p role="alert" data-tone="error">
          {visible(answer.message, 1_000)}
        </p>
      )}
      {newest !== null && newest !== versionOf(uri) && (
        <p data-tone="warning">
          {t('schemaNewer')}{' '}
          <button
            type="button"
            class="link"
            onClick={() => onChoose({ kind: 'schema', uri: `/${titleOf(uri)}/${newest}` })}
          >
            {visible(newest, 40)}
          </button>
        </p>
      )}
      {isVersion && (
        <p>
          <EventsLink query={`schema:=${quoted(uri)}`} />
        </p>
      )}
      {answer?.found && <Schema schema={answer.schema} repository={answer.repository} />}
    </section>
  );
}

function Schema({ schema, repository }: { schema: JsonObject; repository: string }) {
  const [query, setQuery] = useState('');
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const { shown, more } = useSome(matching(fields, query), 300);
  const { description } = schema;
  return (
    <>
      {typeof description === 'string' && <p class="words">{prose(description.trim(), 2_000)}</p>}
      <p class="more">{t('schemaFrom', visible(repository, 200))}</p>
      <input
        type="search"
        placeholder={t('schemaSearch')}
        aria-label={t('schemaSearch')}
        value={query}
        onInput={event => setQuery(event.currentTarget.value)}
      />
      {fields.length >= MOST_FIELDS && <p data-tone="warning">{t('schemaCut', number(MOST_FIELDS))}</p>}
      <table class="fields">
        <thead>
          <tr>
            <th scope="col">{t('schemaField')}</th>
            <th scope="col">{t('schemaType')}</th>
            <th scope="col">{t('schemaWords')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(field => (
            <FieldRow key={field.path} field={field} />
          ))}
        </tbody>
      </table>
      {more}
    </>
  );
}

function FieldRow({ field: { path, depth, type, required, description, rules } }: { field: Field }) {
  return (
    <tr>
      <th scope="row" style={{ '--depth': depth }}>
        <bdi>{visible(path, 200)}</bdi>
        {required && <span class="required">{t('schemaRequired')}</span>}
      </th>
      <td>
        <code>{visible(type, 60)}</code>
      </td>
      <td class="words">
        {prose(description, 1_000)}
        {rules.map(([rule, value]) => (
          <code key={rule} class="demand">
            {rule}: {visible(JSON.stringify(value), 200)}
          </code>
        ))}
      </td>
    </tr>
  );
}
