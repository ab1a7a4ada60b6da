import { useId, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import { Field, OFFERED } from './field.tsx';
import { idFor, sampledBy } from './known.ts';
import type { FieldsProps } from './fields-props.ts';

/** An identifier: a value, or one that is in for chosen streams and instruments. */
export function IdentifierFields({
  draft,
  context,
  write,
  errorAt,
  unit,
}: FieldsProps & { unit: 'session' | 'pageview' }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const [none, setNone] = useState(false);
  const list = useId();
  const offered = sampledBy(unit, context).filter(name => !chosen.includes(name));
  const current = context?.[unit];

  function choose(name: string): void {
    setText(name);
    setNone(false);
    if (!offered.includes(name)) return;
    setChosen([...chosen, name]);
    setText('');
  }

  function find(): void {
    if (!context) return;
    const id = idFor(chosen, context, draft.id || (current ?? ''));
    setNone(id === null);
    if (id !== null) write({ id });
  }

  return (
    <>
      <Field
        field="id"
        label={t(`kind_${unit}`)}
        error={errorAt(unit)}
        hint={typeof current === 'string' ? t('idNow', visible(current, 64)) : undefined}
      >
        {props => (
          <input
            {...props}
            class="mono"
            autocomplete="off"
            spellcheck={false}
            value={draft.id}
            onInput={event => write({ id: event.currentTarget.value })}
          />
        )}
      </Field>
      {context && (
        <Field field="streams" label={t('idFor')} error={none ? t('idForNone') : null} hint={t('idForHint')}>
          {props => (
            <span class="picked">
              {chosen.map(name => (
                <button
                  type="button"
                  class="chip"
                  key={name}
                  title={t('remove')}
                  onClick={() => setChosen(chosen.filter(one => one !== name))}
                >
                  {visible(name, 60)} <Icon name="close" />
                </button>
              ))}
              <input
                {...props}
                list={list}
                autocomplete="off"
                spellcheck={false}
                placeholder={t('samplingSearch')}
                value={text}
                onInput={event => {
                  const { currentTarget } = event;
                  // Chosen of the list, in the words of either browser, and not written.
                  const isChosen = !('inputType' in event) || event.inputType === 'insertReplacementText';
                  if (isChosen) choose(currentTarget.value);
                  else setText(currentTarget.value);
                }}
                onChange={event => choose(event.currentTarget.value)}
                onKeyDown={event => {
                  if (event.key !== 'Enter') return;
                  event.preventDefault();
                  choose(event.currentTarget.value);
                }}
              />
              <datalist id={list}>
                {offered.slice(0, OFFERED).map(one => (
                  <option key={one} value={one} />
                ))}
              </datalist>
              <button type="button" class="button" data-action="find-id" disabled={chosen.length === 0} onClick={find}>
                {t('idFind')}
              </button>
            </span>
          )}
        </Field>
      )}
    </>
  );
}
