import { useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { AddBase, PickFolder } from './add-source.tsx';
import { DraftForm, type DraftText, newDraft } from './draft-form.tsx';
import { dropped } from './folder.ts';
import { LimitSettings } from './limit.tsx';
import { KeptSchemas } from './kept-schemas.tsx';
import { MutedChecks } from './muted-checks.tsx';
import { Repositories } from './repositories.tsx';
import { SettingsFile } from './settings-file.tsx';
import '../shared/form-view.css';
import './settings.css';

/** Where schemas come from, what is kept of them, and which checks nobody wants to hear of. */
export function SettingsView() {
  const panel = usePanel();
  const repositories = usePanelState(state => state.repositories);
  const [draft, setDraft] = useState<DraftText | null>(null);
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const sources = repositories.map(({ source }) => source);

  async function drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    setOver(false);
    setWrong(null);
    if (!event.dataTransfer) return;
    const { folders, files } = dropped(event.dataTransfer);
    if (folders.length > 0) {
      panel.setSources([...folders.map(folder => ({ kind: 'folder' as const, ...folder })), ...sources]);
    }
    try {
      const [file] = await Promise.all(files);
      if (file) setDraft(newDraft(await file.text()));
      else if (folders.length === 0) setWrong(t('dropNothing'));
    } catch (error) {
      setWrong(String(error));
    }
  }

  return (
    <div
      class="form-view settings"
      data-over={over || undefined}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={event => void drop(event)}
    >
      <section aria-labelledby="repositories-title">
        <h2 id="repositories-title">
          {t('repositories')}
          <button type="button" class="button quiet" onClick={() => panel.readAgain()}>
            <Icon name="load" />
            {t('readAgain')}
          </button>
        </h2>
        <p class="note">{t('repositoriesText')}</p>
        <Repositories onEdit={(text, binding) => setDraft({ text, binding, replaces: binding })} />
        {wrong !== null && (
          <p role="alert" data-tone="error">
            {visible(wrong, 500)}
          </p>
        )}
        {draft ? (
          <DraftForm draft={draft} onChange={setDraft} onDone={() => setDraft(null)} />
        ) : (
          <div class="inline">
            <AddBase />
            <PickFolder />
            <button type="button" class="button" onClick={() => setDraft(newDraft(''))}>
              {t('draftPaste')}
            </button>
          </div>
        )}
        <p class="note">{t('dropHint')}</p>
      </section>
      <LimitSettings />
      <KeptSchemas />
      <MutedChecks />
      <SettingsFile />
    </div>
  );
}
