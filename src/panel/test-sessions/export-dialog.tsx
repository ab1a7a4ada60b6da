import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Recording } from '../../recording/types.ts';
import { type Format, FORMATS } from '../../test-session/files/export.ts';
import { KEEP_ALL, type Redaction } from '../../test-session/files/redact.ts';
import type { Rebuilt } from '../../test-session/rebuild.ts';
import { number, plural, t } from '../i18n.ts';
import { visible } from '../shared/text.ts';
import { Columns } from './columns.tsx';
import { beginningOf } from './moving.ts';
import { Progress } from './progress.tsx';
import { useTests, useTestsState } from './use-tests.ts';

const NAMES = Object.keys(FORMATS) as Format[];
const SHOWN = 2_000;

/** What leaves is shown before it leaves: what is replaced, and how the file begins. */
export function ExportDialog({ recording, onClose }: { recording: Recording; onClose: () => void }) {
  const tests = useTests();
  const dialog = useRef<HTMLDialogElement>(null);
  const [format, setFormat] = useState<Format>('ndjson');
  const [keep, setKeep] = useState(false);
  const [opened, setOpened] = useState<Rebuilt | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [replacing, setReplacing] = useState<Redaction | null>(null);
  const columns = useTestsState(state => state.columns);
  const id = useId();
  const redaction = keep ? KEEP_ALL : replacing;

  useEffect(() => {
    dialog.current?.showModal();
    const open = async () => {
      const found = await tests.session(recording.id, recording.name);
      setOpened(found);
      setReplacing(await tests.redaction(found));
    };
    open().catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  }, []);

  const name = `${recording.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || 'recording'}.${FORMATS[format].extension}`;
  return (
    <dialog ref={dialog} class="export-session" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{t('testsExport', visible(recording.name, 80))}</h2>
      <div class="field">
        <label for={`${id}-format`}>{t('testsFormat')}</label>
        <select
          id={`${id}-format`}
          class="format"
          value={format}
          onChange={event => setFormat(event.currentTarget.value as Format)}
        >
          {NAMES.map(one => (
            <option key={one} value={one}>
              {t(`format_${one}`)}
            </option>
          ))}
        </select>
      </div>
      {format === 'csv' && <Columns />}
      <label class="check">
        <input type="checkbox" class="keep" checked={keep} onChange={event => setKeep(event.currentTarget.checked)} />
        {t('testsKeep')}
      </label>
      <h3>{t('testsPreview')}</h3>
      <Progress />
      {problem !== null && (
        <p role="alert" data-tone="error">
          {visible(problem, 500)}
        </p>
      )}
      {opened && redaction && (
        <>
          <Replacements redaction={redaction} />
          <Beginning opened={opened} format={format} redaction={redaction} columns={columns} />
        </>
      )}
      <div class="actions">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {t('cancel')}
        </button>
        <button
          type="button"
          class="button primary"
          id="tests-save"
          disabled={!opened || !redaction}
          onClick={() => {
            if (!opened || !redaction) return;
            void tests.save(opened, { format, name, redaction, columns }).then(() => dialog.current?.close());
          }}
        >
          {t('testsSave', number(opened?.session.records.length ?? 0))}
        </button>
      </div>
    </dialog>
  );
}

function Replacements({ redaction: { replaced } }: { redaction: Redaction }) {
  if (replaced === null) return <p data-tone="error">{t('testsKeeps')}</p>;
  return (
    <ul class="plain" id="tests-replaced">
      {replaced.map(({ secret, values, example }) => (
        <li key={secret} data-secret={secret}>
          {t(`secret_${secret.replace('-', '_') as 'session'}`)}: {plural('testsReplaced', values)} (
          {visible(example, 60)})
        </li>
      ))}
      {replaced.length === 0 && <li>{t('testsNothingReplaced')}</li>}
    </ul>
  );
}

interface BeginningProps {
  opened: Rebuilt;
  format: Format;
  redaction: Redaction;
  columns: readonly string[];
}

/** The file's own first lines. */
function Beginning({ opened, format, redaction, columns }: BeginningProps) {
  const tests = useTests();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    const begin = async () => {
      const results = await tests.results(opened);
      const options = { redaction, results, columns };
      const found = await beginningOf(opened.session, format, options, SHOWN);
      if (isWanted) setText(found);
    };
    void begin();
    return () => void (isWanted = false);
  }, [opened, format, redaction, columns]);
  return (
    <pre class="preview" tabIndex={0} aria-label={t('testsBeginning')} data-format={format}>
      {text === null ? t('loading') : visible(text, SHOWN).replaceAll('\\n', '\n')}
    </pre>
  );
}
