import { useEffect, useRef, useState } from 'preact/hooks';
import type { ContextFact } from '../../record/facts.ts';
import type { RuleKind } from '../../record/override.ts';
import { t } from '../i18n.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { BLANK, type Draft, type DraftError, isError, readDraft, RULE_KINDS } from './draft.ts';
import { Field } from './field.tsx';
import type { Known } from './known.ts';
import { Fields } from './rule-fields.tsx';

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
