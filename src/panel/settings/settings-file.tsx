import { useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { isHttp } from '../repositories.ts';
import { download } from '../shared/download.ts';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { readSettingsFile, settingsFile } from './kept.ts';

/** Settings as a file, for colleagues and other browsers. */
export function SettingsFile() {
  const panel = usePanel();
  const repositories = usePanelState(state => state.repositories);
  const muted = usePanelState(state => state.muted);
  const [told, setTold] = useState<{ text: string; wrong: boolean } | null>(null);

  function save(): void {
    const bases = repositories.map(({ source }) => source).filter(isHttp);
    download('metrics-platform-inspector-settings.json', settingsFile({ repositories: bases, muted }));
  }

  async function take(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      panel.takeSettings(readSettingsFile(await file.text()));
      setTold({ text: t('settingsTaken', visible(file.name, 100)), wrong: false });
    } catch (error) {
      setTold({ text: error instanceof Error ? error.message : String(error), wrong: true });
    } finally {
      input.value = '';
    }
  }

  return (
    <section aria-labelledby="settings-file-title">
      <h2 id="settings-file-title">{t('settingsFile')}</h2>
      <p class="note">{t('settingsFileText')}</p>
      <div class="inline">
        <button type="button" class="button" onClick={save}>
          {t('settingsExport')}
        </button>
        <label class="button file">
          {t('settingsImport')}
          <input type="file" accept="application/json" onChange={event => void take(event.currentTarget)} />
        </label>
        {told && (
          <span role="status" data-tone={told.wrong ? 'error' : 'good'}>
            {visible(told.text, 300)}
          </span>
        )}
      </div>
    </section>
  );
}
