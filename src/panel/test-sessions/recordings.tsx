import { useId, useState } from 'preact/hooks';
import type { Recording } from '../../recording/types.ts';
import { number, t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { duration, visible } from '../shared/text.ts';
import { usePanelState } from '../shared/use-panel.ts';
import { ExportDialog } from './export-dialog.tsx';
import { useTests, useTestsState } from './use-tests.ts';

/** What was recorded: reopened, compared, taken along, deleted. */
export function Recordings() {
  const tests = useTests();
  const recordings = useTestsState(state => state.recordings);
  const chosen = useTestsState(state => state.chosen);
  const [leaving, setLeaving] = useState<Recording | null>(null);
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div class="inline">
        <h2 id={id}>{t('testsRecordings')}</h2>
        <button
          type="button"
          class="button"
          id="tests-compare"
          disabled={chosen.length !== 2}
          onClick={() => void tests.compare()}
        >
          {t('testsCompare')}
        </button>
        <span class="note">{t('testsKept')}</span>
      </div>
      {recordings.length === 0 && <p class="note">{t('testsNoRecordings')}</p>}
      <ul class="plain recordings">
        {recordings.map(recording => (
          <Row key={recording.id} recording={recording} onExport={() => setLeaving(recording)} />
        ))}
      </ul>
      {leaving && <ExportDialog recording={leaving} onClose={() => setLeaving(null)} />}
    </section>
  );
}

const sizeText = (characters: number) =>
  characters < 100_000
    ? `${number(Math.ceil(characters / 1_000))} kB`
    : `${number(Math.round(characters / 100_000) / 10)} MB`;

function Row({ recording, onExport }: { recording: Recording; onExport: () => void }) {
  const tests = useTests();
  const { id, name, started, ended, how, pinned, size } = recording;
  const chosen = useTestsState(state => state.chosen.includes(id));
  const running = usePanelState(state => state.recording?.id === id);
  const [renaming, setRenaming] = useState(false);
  /** What is deleted does not come back: it takes a second click. */
  const [isSure, setSure] = useState(false);
  const told = visible(name, 100);
  const age = Math.max(0, Date.now() - started);
  return (
    <li data-recording={id} data-how={how ?? 'running'}>
      <input
        type="checkbox"
        aria-label={t('testsChoose', told)}
        checked={chosen}
        onChange={event => tests.choose(id, event.currentTarget.checked)}
      />
      {renaming ? (
        <input
          class="grow"
          aria-label={t('testsName')}
          maxLength={200}
          value={name}
          ref={input => input?.focus()}
          onBlur={event => {
            setRenaming(false);
            void tests.change(id, { name: event.currentTarget.value.trim() || name });
          }}
          onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
        />
      ) : (
        <a class="grow" href={`panel.html?session=${id}`} target="_blank" rel="noreferrer">
          {told}
        </a>
      )}
      <span class="note">
        {new Date(started).toLocaleString()} ·{' '}
        {age < 86_400_000 ? duration(age) : t('testsDays', number(Math.floor(age / 86_400_000)))}
        {' · '}
        {sizeText(size)} · {ended === null ? t('testsRunning') : t(`ended_${how ?? 'stopped'}`)}
      </span>
      <button type="button" class="button quiet" aria-label={t('testsRename', told)} onClick={() => setRenaming(true)}>
        {t('testsRenameShort')}
      </button>
      <button
        type="button"
        class="button quiet"
        aria-label={t('testsPin', told)}
        aria-pressed={pinned}
        onClick={() => void tests.change(id, { pinned: !pinned })}
      >
        {t('testsPinShort')}
      </button>
      <button type="button" class="button quiet" aria-label={t('testsExport', told)} onClick={onExport}>
        <Icon name="save" />
      </button>
      <button
        type="button"
        class={isSure ? 'button danger' : 'button quiet'}
        aria-label={t(isSure ? 'testsDeleteSure' : 'testsDelete', told)}
        disabled={running}
        onBlur={() => setSure(false)}
        onClick={() => {
          if (isSure) void tests.remove(id);
          else setSure(true);
        }}
      >
        {isSure ? t('testsDeleteSureShort') : <Icon name="clear" />}
      </button>
    </li>
  );
}
