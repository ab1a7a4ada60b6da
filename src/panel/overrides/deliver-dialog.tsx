import type { RefObject } from 'preact';
import { t } from '../i18n.ts';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';

/** Asks once more before forced events are delivered, and says where they will go. */
export function DeliverDialog({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  const panel = usePanel();
  usePanelState(state => state.revision);
  const intake = panel.current()?.context?.intake;
  return (
    <dialog ref={dialog} aria-label={t('deliverTitle')}>
      <h2>{t('deliverTitle')}</h2>
      <p>{intake ? t('deliverTo', visible(intake, 200)) : t('deliverToUnknown')}</p>
      <p>{t('deliverText')}</p>
      <form method="dialog" class="actions">
        <button class="button">{t('cancel')}</button>
        <button class="button danger" onClick={() => void panel.policy('deliver')}>
          {t('deliverConfirm')}
        </button>
      </form>
    </dialog>
  );
}
