import { t } from '../i18n.ts';
import { Icon } from './icon.tsx';

/** Closes what stands beside a list. */
export function CloseButton({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="button quiet" aria-label={t('close')} title={t('close')} onClick={onClick}>
      <Icon name="close" />
    </button>
  );
}
