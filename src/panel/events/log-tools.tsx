import { plural, t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { usePanel, usePanelState } from '../shared/use-panel.ts';

/** Stands above the list while something was cleared that can come back. */
export function Undo() {
  const panel = usePanel();
  const cleared = usePanelState(state => state.cleared);
  if (cleared === 0) return null;
  return (
    <div class="bar undo" role="status">
      <span class="grow">{plural('cleared', cleared)}</span>
      <button type="button" class="button" onClick={() => panel.unclear()}>
        <Icon name="undo" />
        {t('undo')}
      </button>
    </div>
  );
}

/** Whether the list stands still, and whether it outlives its page. */
export function LogTools() {
  const panel = usePanel();
  const paused = usePanelState(state => state.paused);
  const preserve = usePanelState(state => state.preserve);
  return (
    <>
      <button
        type="button"
        class="button quiet tool"
        aria-pressed={paused}
        aria-label={t('pause')}
        title={t(paused ? 'resumeHint' : 'pauseHint')}
        onClick={() => panel.pause(!paused)}
      >
        <Icon name={paused ? 'play' : 'pause'} />
      </button>
      <label class="preserve" title={t('preserveHint')}>
        <input
          type="checkbox"
          aria-label={t('preserve')}
          checked={preserve}
          onChange={() => panel.preserve(!preserve)}
        />
        <span>{t('preserve')}</span>
      </label>
    </>
  );
}
