import { useEffect, useMemo, useState } from 'preact/hooks';
import type { JsonObject } from '../../record/record.ts';
import type { SchemaAnswer } from '../../validation/types.ts';
import { number, t } from '../i18n.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { useSome } from '../shared/use-some.tsx';
import { type Field, fieldsOf, matching, MOST_FIELDS } from './fields.ts';

/** A schema as the repositories have it: each field with what it holds, what it demands, and the schema's own words. */
export function SchemaPane({ uri, onClose }: { uri: string; onClose: () => void }) {
  const panel = usePanel();
  const [answer, setAnswer] = useState<SchemaAnswer | null>(null);
  useEffect(() => {
    let wanted = true;
    void panel.readSchema(uri).then(read => wanted && setAnswer(read));
    return () => void (wanted = false);
  }, [uri]);
  return (
    <section class="pane" aria-label={visible(uri)}>
      <header>
        <h2>
          <bdi>{visible(uri)}</bdi>
        </h2>
        {answer?.found && <CopyButton label={t('copyJson')} text={() => JSON.stringify(answer.schema, null, 2)} />}
        <button type="button" class="button quiet" aria-label={t('close')} title={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {answer === null && <p role="status">{t('schemaReading')}</p>}
      {answer?.found === false && (
        <p role="alert" data-tone="error">
          {visible(answer.message, 1_000)}
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
      {typeof description === 'string' && <p class="words">{visible(description.trim(), 2_000)}</p>}
      <p class="more">{t('schemaFrom', visible(repository, 200))}</p>
      <input
        type="search"
        placeholder={t('schemaSearch')}
        aria-label={t('schemaSearch')}
        value={query}
        onInput={event => setQuery(event.currentTarget.value)}
      />
      {fields.length >= MOST_FIELDS && <p data-tone="warning">{t('schemaCut', number(MOST_FIELDS))}</p>}
      <table>
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
        {visible(description, 1_000)}
        {rules.map(([rule, value]) => (
          <code key={rule} class="rule">
            {rule}: {visible(JSON.stringify(value), 200)}
          </code>
        ))}
      </td>
    </tr>
  );
}
