import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Recording } from '../../recording/types.ts';
import { type Format, FORMATS, leaving } from '../../test-session/files/export.ts';
import type { Replaced } from '../../test-session/files/redact.ts';
import type { TestSession } from '../../test-session/session.ts';
import { number, plural, t } from '../i18n.ts';
import { visible } from '../shared/text.ts';
import { useTests } from './use-tests.ts';

const NAMES = Object.keys(FORMATS) as Format[];
const SHOWN = 1_500;

interface Preview {
  session: TestSession;
  replaced: Replaced[] | null;
  beginning: string;
}

/** What leaves is shown before it leaves: what was replaced, and how the first record looks now. */
export function ExportDialog({ recording, onClose }: { recording: Recording; onClose: () => void }) {
  const tests = useTests();
  const dialog = useRef<HTMLDialogElement>(null);
  const [format, setFormat] = useState<Format>('ndjson');
  const [keep, setKeep] = useState(false);
  const [session, setSession] = useState<TestSession | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const id = useId();

  useEffect(() => {
    dialog.current?.showModal();
    tests.session(recording.id).then(
      found => setSession(found.session),
      () => onClose(),
    );
  }, []);
  useEffect(() => {
    if (session) setPreview(previewOf(session, keep));
  }, [session, keep]);

  const name = `${recording.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || 'recording'}.${FORMATS[format].extension}`;
  return (
    <dialog ref={dialog} class="export-session" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{t('testsExport', visible(recording.name, 80))}</h2>
      <div class="field">
        <label for={`${id}-format`}>{t('testsFormat')}</label>
        <select id={`${id}-format`} value={format} onChange={event => setFormat(event.currentTarget.value as Format)}>
          {NAMES.map(one => (
            <option key={one} value={one}>
              {t(`format_${one}`)}
            </option>
          ))}
        </select>
      </div>
      <label class="check">
        <input type="checkbox" checked={keep} onChange={event => setKeep(event.currentTarget.checked)} />
        {t('testsKeep')}
      </label>
      <h3>{t('testsPreview')}</h3>
      {preview ? (
        <>
          {preview.replaced === null ? (
            <p data-tone="error">{t('testsKeeps')}</p>
          ) : (
            <ul class="plain" id="tests-replaced">
              {preview.replaced.map(({ secret, values, example }) => (
                <li key={secret}>
                  {t(`secret_${secret.replace('-', '_') as 'session'}`)}: {plural('testsReplaced', values)} (
                  {visible(example, 60)})
                </li>
              ))}
              {preview.replaced.length === 0 && <li>{t('testsNothingReplaced')}</li>}
            </ul>
          )}
          <pre class="preview">{visible(preview.beginning, SHOWN).replaceAll('\\n', '\n')}</pre>
        </>
      ) : (
        <p role="status">{t('loading')}</p>
      )}
      <div class="actions">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {t('cancel')}
        </button>
        <button
          type="button"
          class="button primary"
          id="tests-save"
          disabled={!session}
          onClick={() => {
            if (session) void tests.save(session, format, keep, name).then(() => dialog.current?.close());
          }}
        >
          {t('testsSave', number(session?.records.length ?? 0))}
        </button>
      </div>
    </dialog>
  );
}

function previewOf(session: TestSession, keep: boolean): Preview {
  const { session: left, replaced } = leaving(session, keep);
  const [first] = left.records;
  return { session: left, replaced, beginning: first ? JSON.stringify(first, null, 1) : '' };
}
