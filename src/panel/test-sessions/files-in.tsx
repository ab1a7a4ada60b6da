import { useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { useTests } from './use-tests.ts';

/** Files are dropped here, or chosen. */
export function FilesIn() {
  const tests = useTests();
  const [over, setOver] = useState(false);
  return (
    <section
      class="files-in"
      data-over={over || undefined}
      aria-label={t('testsImport')}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault();
        setOver(false);
        void tests.read([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <Icon name="flush" />
      <label class="button file">
        {t('testsImport')}
        <input
          type="file"
          multiple
          onChange={event => {
            const { currentTarget } = event;
            void tests.read([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
      </label>
      <span class="note">{t('testsImportText')}</span>
    </section>
  );
}
