import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { usePanel } from '../shared/use-panel.ts';

/** Saves exactly what the list shows. */
export function ExportButton() {
  const panel = usePanel();

  function save(): void {
    const lines = panel.shown().map(line => `${line}\n`);
    const url = URL.createObjectURL(new Blob(lines, { type: 'application/x-ndjson' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `metrics-platform-${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.ndjson`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  return (
    <button
      type="button"
      class="button quiet tool"
      aria-label={t('exportShown')}
      title={t('exportShownHint')}
      onClick={save}
    >
      <Icon name="save" />
    </button>
  );
}
