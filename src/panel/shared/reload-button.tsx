import { t } from '../i18n.ts';

/** Loads the panel's own page again: with the extension as it is now, where there is one. */
export function ReloadButton() {
  return (
    <button type="button" class="button" onClick={() => location.reload()}>
      {t('reloadPanel')}
    </button>
  );
}
