import { t } from '../i18n.ts';
import { Choices, Field, NameInput } from './field.tsx';
import type { FieldsProps } from './fields-props.ts';
import { IdentifierFields } from './identifier-fields.tsx';
import { isNamed, namesFor } from './known.ts';
import { populationApi } from './words.ts';

/** The fields of one kind of rule. */
export function Fields(props: FieldsProps) {
  switch (props.draft.kind) {
    case 'stream':
    case 'instrument':
    case 'schema':
      return (
        <>
          <NameField {...props} />
          <SampleFields {...props} />
        </>
      );
    case 'population':
      return (
        <>
          <Choices
            field="population"
            label={t('populationOf')}
            value={props.draft.population}
            choices={(['session', 'pageview'] as const).map(value => ({ value, label: populationApi(value) }))}
            onChoose={population => props.write({ population })}
          />
          <SampleFields {...props} />
        </>
      );
    case 'session':
    case 'pageview':
      return <IdentifierFields {...props} unit={props.draft.kind} />;
    case 'experiment':
      return (
        <>
          <NameField {...props} />
          <ExperimentFields {...props} />
        </>
      );
    case 'config':
      return (
        <>
          <NameField {...props} />
          <Field field="value" label={t('configValue')} error={props.errorAt('value')}>
            {field => (
              <textarea
                {...field}
                rows={8}
                spellcheck={false}
                value={props.draft.value}
                onInput={event => props.write({ value: event.currentTarget.value })}
              />
            )}
          </Field>
        </>
      );
    case 'exposures':
    case 'cookies':
    case 'hasty':
      return null;
  }
}

function NameField({ draft, known, context, write, errorAt }: FieldsProps) {
  const { kind, name } = draft;
  const names = namesFor(kind, known);
  const unseen = isNamed(kind) && context !== null && name.trim() !== '' && !names.includes(name.trim());
  const isOff = kind === 'stream' && context?.streams === false;
  return (
    <Field
      field="name"
      label={t(kind === 'config' ? 'stream' : `kind_${kind}`)}
      error={errorAt(kind)}
      hint={unseen && !isOff ? t('notSeenHint') : undefined}
    >
      {props => <NameInput {...props} offered={names} value={name} onWrite={name => write({ name })} />}
    </Field>
  );
}

function SampleFields({ draft, write, errorAt }: FieldsProps) {
  return (
    <>
      <Choices
        field="sample"
        label={t('sampleOf')}
        value={draft.sample}
        choices={[
          { value: 'in', label: t('effect_in') },
          { value: 'out', label: t('effect_out') },
          { value: 'rate', label: t('sampleRate') },
        ]}
        onChoose={sample => write({ sample })}
      />
      {draft.sample === 'rate' && (
        <Field field="rate" label={t('column_rate')} error={errorAt('sample')} hint={t('sampleRateHint')}>
          {props => (
            <input
              {...props}
              class="short"
              inputMode="decimal"
              autocomplete="off"
              placeholder="0.5"
              value={draft.rate}
              onInput={event => write({ rate: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}

function ExperimentFields({ draft, known, write, errorAt }: FieldsProps) {
  const groups = known.groups.get(draft.name.trim()) ?? [];
  return (
    <>
      <Choices
        field="membership"
        label={t('groupOf')}
        value={draft.membership}
        choices={[
          { value: 'group', label: t('groupNamed') },
          { value: 'none', label: t('groupNone') },
        ]}
        onChoose={membership => write(membership === 'none' ? { membership, as: 'enrolled' } : { membership })}
      />
      {draft.membership === 'group' && (
        <>
          <Field field="group" label={t('group')} error={errorAt('group')}>
            {props => <NameInput {...props} offered={groups} value={draft.group} onWrite={group => write({ group })} />}
          </Field>
          <Choices
            field="as"
            label={t('enrolledAs')}
            value={draft.as}
            choices={[
              { value: 'enrolled', label: t('as_enrolled'), hint: t('as_enrolled_hint') },
              { value: 'mpo', label: t('as_mpo'), hint: t('as_mpo_hint') },
            ]}
            onChoose={as => write({ as })}
          />
        </>
      )}
    </>
  );
}
