import { useId, useState } from 'preact/hooks';
import { plural, t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { clock, visible } from '../shared/text.ts';
import { usePanelState } from '../shared/use-panel.ts';
import { useTests } from './use-tests.ts';

/** Start and stop, steps and notes. The background records, whether this panel is open or not. */
export function RecorderBar() {
  const recording = usePanelState(state => state.recording);
  return (
    <section aria-label={t('testsRecorder')} class="recorder">
      {recording && recording.problem === null ? <Running /> : <Start />}
    </section>
  );
}

function Start() {
  const tests = useTests();
  const [name, setName] = useState('');
  const [byPage, setByPage] = useState(true);
  const id = useId();
  return (
    <form
      class="inline"
      onSubmit={event => {
        event.preventDefault();
        void tests.start(name, byPage);
      }}
    >
      <label for={id}>{t('testsName')}</label>
      <input id={id} class="grow" maxLength={200} value={name} onInput={event => setName(event.currentTarget.value)} />
      <label class="check">
        <input type="checkbox" checked={byPage} onChange={event => setByPage(event.currentTarget.checked)} />
        {t('testsStepsByPage')}
      </label>
      <button type="submit" class="button primary" id="tests-start">
        <Icon name="play" /> {t('testsStart')}
      </button>
    </form>
  );
}

function Running() {
  const tests = useTests();
  const recording = usePanelState(state => state.recording);
  const [text, setText] = useState('');
  const id = useId();
  if (!recording) return null;
  const mark = (what: 'step' | 'note') => {
    void tests.mark(what, text);
    setText('');
  };
  const { paused, steps } = recording;
  return (
    <>
      <p role="status">
        <span class="dot" data-state={paused ? 'paused' : 'running'} />{' '}
        <b>{t(paused ? 'testsPaused' : 'testsRunning')}</b> {visible(recording.name, 100)} ·{' '}
        {t('testsSince', clock(recording.started).slice(0, 8))} · {plural('testsSteps', steps.length)}
        {recording.private && ` · ${t('testsPrivate')}`}
      </p>
      <form
        class="inline"
        onSubmit={event => {
          event.preventDefault();
          mark('step');
        }}
      >
        <label for={id}>{t('testsStepName')}</label>
        <input
          id={id}
          class="grow"
          maxLength={500}
          value={text}
          onInput={event => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button" id="tests-step">
          <Icon name="forced" /> {t('testsStep')}
        </button>
        <button type="button" class="button" id="tests-note" disabled={text.trim() === ''} onClick={() => mark('note')}>
          {t('testsNote')}
        </button>
        <button
          type="button"
          class="button"
          id="tests-pause"
          aria-pressed={paused}
          onClick={() => void tests.mark(paused ? 'resume' : 'pause', '')}
        >
          <Icon name={paused ? 'play' : 'pause'} /> {t(paused ? 'testsResume' : 'testsPause')}
        </button>
        <button type="button" class="button danger" id="tests-stop" onClick={() => void tests.stop()}>
          <Icon name="close" /> {t('testsStop')}
        </button>
      </form>
    </>
  );
}
