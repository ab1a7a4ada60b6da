import { useId, useState } from 'preact/hooks';
import { readRuleFile, type RuleFile, writeRuleFile } from '../../overrides/file.ts';
import type { Rule } from '../../record/override.ts';
import { plural, t } from '../i18n.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { download } from '../shared/download.ts';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { FieldError } from './field.tsx';
import { fileName, type ImportStep, stepsOf } from './import.ts';
import { RuleWords } from './rule-words.tsx';

/** Rules as a file: what is in force goes out; what comes in is shown first, and put in force only when that is asked for. */
export function RuleFiles() {
  return (
    <section aria-labelledby="files-title">
      <h2 id="files-title">{t('filesTitle')}</h2>
      <p class="note">{t('filesText')}</p>
      <Export />
      <Import />
    </section>
  );
}

function Export() {
  const panel = usePanel();
  const { name, note } = usePanelState(state => state.label);
  const override = usePanelState(state => state.override);
  const rules: Rule[] = override?.rules ?? [];
  const [nameId, noteId] = [useId(), useId()];
  const text = () => writeRuleFile({ name, note, rules });

  return (
    <div class="export">
      <div class="field">
        <label for={nameId}>{t('fileName')}</label>
        <input
          id={nameId}
          maxLength={200}
          value={name}
          onInput={event => panel.label({ name: event.currentTarget.value })}
        />
      </div>
      <div class="field">
        <label for={noteId}>{t('fileNote')}</label>
        <textarea
          id={noteId}
          rows={2}
          maxLength={2_000}
          value={note}
          onInput={event => panel.label({ note: event.currentTarget.value })}
        />
      </div>
      <div class="inline">
        <button
          type="button"
          class="button"
          disabled={rules.length === 0}
          onClick={() => download(fileName(name), text())}
        >
          {t('fileExport')}
        </button>
        {rules.length > 0 && <CopyButton label={t('fileCopy')} text={text} />}
        {rules.some(rule => 'hasty' in rule) && <span class="more">{t('fileWithoutHasty')}</span>}
      </div>
    </div>
  );
}

function Import() {
  const panel = usePanel();
  const override = usePanelState(state => state.override);
  const [text, setText] = useState('');
  const [file, setFile] = useState<RuleFile | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const id = useId();

  function look(next: string): void {
    setText(next);
    setFile(null);
    setWrong(null);
    if (next.trim() === '') return;
    try {
      setFile(readRuleFile(next));
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
    }
  }

  async function open(input: HTMLInputElement): Promise<void> {
    const [chosen] = input.files ?? [];
    if (chosen) look(await chosen.text());
    input.value = '';
  }

  async function take(how: 'join' | 'replace'): Promise<void> {
    if (!file || !(await panel.takeRules(file.rules, how))) return;
    panel.label({ name: file.name, note: file.note });
    look('');
  }

  return (
    <div class="import">
      <div class="field">
        <label for={id}>{t('importPaste')}</label>
        <textarea
          id={id}
          data-field="import"
          rows={2}
          spellcheck={false}
          value={text}
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-error`}
          onInput={event => look(event.currentTarget.value)}
        />
        <FieldError id={`${id}-error`} message={wrong} />
      </div>
      <label class="button file">
        {t('importFile')}
        <input type="file" accept=".json,application/json" onChange={event => void open(event.currentTarget)} />
      </label>
      {file && (
        <div class="preview" role="region" aria-label={t('importPreview')}>
          <p>
            <b>{visible(file.name === '' ? t('importUnnamed') : file.name, 200)}</b>{' '}
            {plural('importRules', file.rules.length)}
          </p>
          {file.note !== '' && <p class="note">{lines(file.note)}</p>}
          <Steps steps={stepsOf(file.rules, override?.rules ?? [])} />
          <p class="note">{t('importPolicy', t(`policy_${POLICY_KEYS[override?.policy ?? 'hold-forced']}`))}</p>
          <div class="actions">
            <button type="button" class="button" onClick={() => look('')}>
              {t('cancel')}
            </button>
            {override && override.rules.length > 0 && (
              <button type="button" class="button" data-action="replace" onClick={() => void take('replace')}>
                {t('importReplace')}
              </button>
            )}
            <button type="button" class="button primary" data-action="join" onClick={() => void take('join')}>
              {t('importJoin')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

/** Text that keeps its line breaks. */
const lines = (text: string) =>
  text
    .split('\n')
    .map(line => visible(line, 2_000))
    .join('\n');

const POLICY_KEYS = {
  deliver: 'deliver',
  'hold-forced': 'hold_forced',
  'hold-all': 'hold_all',
  redirect: 'redirect',
} as const;

function Steps({ steps }: { steps: ImportStep[] }) {
  return (
    <ul class="plain rules">
      {steps.map(({ rule, what }, index) => (
        <li class="rule" key={index}>
          <span class="step" data-step={what}>
            {t(`import_${what}`)}
          </span>
          <RuleWords rule={rule} />
        </li>
      ))}
    </ul>
  );
}
