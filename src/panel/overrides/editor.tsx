import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ContextFact } from '../../record/facts.ts';
import type { RuleKind } from '../../record/override.ts';
import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { BLANK, type Draft, type DraftError, isError, readDraft, RULE_KINDS } from './draft.ts';
import { Choices, Field } from './field.tsx';
import { idFor, isNamed, type Known, namesFor, sampledBy } from './known.ts';
import { populationApi } from './words.ts';

/** So many names are offered to complete what is written. */
const OFFERED = 300;

interface Props {
  known: Known;
  context: ContextFact | null;
}

/** Where a rule of any kind is written; what is wrong is said at its field, and then nothing is applied. */
export function Editor({ known, context }: Props) {
  const panel = usePanel();
  const draft = usePanelState(state => state.draft);
  const overriding = usePanelState(state => state.overriding);
  const [error, setError] = useState<DraftError | null>(null);

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (draft.old) form.current?.querySelector<HTMLElement>('[data-field]')?.focus();
  }, [draft.old]);

  function write(change: Partial<Draft>): void {
    setError(null);
    panel.write(change);
  }

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    const rule = readDraft(draft);
    if (isError(rule)) return setError(rule);
    if (await panel.setRule(rule, draft.old)) panel.write({ ...BLANK, kind: draft.kind });
  }

  const errorAt = (...fields: string[]) => (error && fields.includes(error.field) ? error.message : null);
  const fields = { draft, known, context, write, errorAt };
  return (
    <section aria-labelledby="editor-title">
      <h2 id="editor-title">{t(draft.old ? 'ruleChange' : 'ruleAdd')}</h2>
      <form ref={form} class="editor" onSubmit={event => void save(event)} noValidate>
        <Field field="kind" label={t('ruleKind')} error={errorAt('rule')} hint={t(`kind_${draft.kind}_hint`)}>
          {props => (
            <select
              {...props}
              value={draft.kind}
              onChange={event => write({ kind: event.currentTarget.value as RuleKind })}
            >
              {RULE_KINDS.map(kind => (
                <option key={kind} value={kind} selected={kind === draft.kind}>
                  {t(`kind_${kind}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Fields {...fields} />
        <div class="actions">
          {draft.old && (
            <button type="button" class="button" onClick={() => write(BLANK)}>
              {t('cancel')}
            </button>
          )}
          <button class="button primary" disabled={overriding}>
            {t(draft.old ? 'ruleChange' : 'ruleAdd')}
          </button>
        </div>
      </form>
    </section>
  );
}

type FieldsProps = Props & {
  draft: Draft;
  write: (change: Partial<Draft>) => void;
  errorAt: (...fields: string[]) => string | null;
};

function Fields(props: FieldsProps) {
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
  const list = useId();
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
      {props => (
        <>
          <input
            {...props}
            list={list}
            autocomplete="off"
            spellcheck={false}
            value={name}
            onInput={event => write({ name: event.currentTarget.value })}
          />
          <datalist id={list}>
            {names.slice(0, OFFERED).map(one => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </>
      )}
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
  const list = useId();
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
            {props => (
              <>
                <input
                  {...props}
                  list={list}
                  autocomplete="off"
                  spellcheck={false}
                  value={draft.group}
                  onInput={event => write({ group: event.currentTarget.value })}
                />
                <datalist id={list}>
                  {groups.map(one => (
                    <option key={one} value={one} />
                  ))}
                </datalist>
              </>
            )}
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

function IdentifierFields({ draft, context, write, errorAt, unit }: FieldsProps & { unit: 'session' | 'pageview' }) {
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
