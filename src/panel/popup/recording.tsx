import { useEffect, useState } from 'preact/hooks';
import type { RecordingStatus } from '../../recording/types.ts';
import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';

export interface RecordingActions {
  status(tab: number): Promise<RecordingStatus | null>;
  start(tab: number): Promise<RecordingStatus>;
  step(tab: number): Promise<RecordingStatus>;
  stop(tab: number): Promise<null>;
}

/** Records the tab, with DevTools or without. */
export function RecordingState({ tab, actions }: { tab: number; actions: RecordingActions }) {
  const [recording, setRecording] = useState<RecordingStatus | null | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const follow = (asked: Promise<RecordingStatus | null>) =>
    void asked.then(setRecording, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    );
  useEffect(() => follow(actions.status(tab)), [tab]);

  if (problem !== null) return <p role="alert">{visible(problem, 500)}</p>;
  if (recording === undefined) return null;
  if (recording === null) {
    return (
      <button type="button" class="button" id="record" onClick={() => follow(actions.start(tab))}>
        <Icon name="play" /> {t('popupRecord')}
      </button>
    );
  }
  return (
    <section class="recording">
      <p>{t('popupRecording', visible(recording.name, 100))}</p>
      <div class="actions">
        <button type="button" class="button" id="record-step" onClick={() => follow(actions.step(tab))}>
          {t('popupRecordStep')}
        </button>
        <button type="button" class="button danger" id="record-stop" onClick={() => follow(actions.stop(tab))}>
          {t('popupRecordStop')}
        </button>
      </div>
    </section>
  );
}
