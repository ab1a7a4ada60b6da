import { useEffect, useState } from 'preact/hooks';
import { number, plural, t } from '../i18n.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';

/** What is kept of schemas from one panel to the next. */
export function KeptSchemas() {
  const panel = usePanel();
  const repositories = usePanelState(state => state.repositories);
  const [kept, setKept] = useState<{ schemas: number; bytes: number } | 'none' | null>(null);
  const [gone, setGone] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    panel.keptSchemas().then(
      size => isCurrent && setKept(size),
      () => isCurrent && setKept('none'),
    );
    return () => {
      isCurrent = false;
    };
  }, [repositories, gone]);

  async function forget(): Promise<void> {
    await panel.forgetSchemas();
    setGone(gone + 1);
  }

  const isKnown = kept !== null && kept !== 'none';
  return (
    <section aria-labelledby="kept-title">
      <h2 id="kept-title">{t('keptSchemas')}</h2>
      <p class="note">{t('keptSchemasText')}</p>
      <div class="inline">
        <span role="status">
          {kept === 'none' && t('keptSchemasUnknown')}
          {isKnown && plural('keptSchemasSize', kept.schemas, number(Math.ceil(kept.bytes / 1_000)))}
        </span>
        <button type="button" class="button" disabled={!isKnown || kept.schemas === 0} onClick={() => void forget()}>
          {t('forget')}
        </button>
      </div>
    </section>
  );
}
