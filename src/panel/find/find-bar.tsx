import { useEffect, useState } from 'preact/hooks';
import { number, t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { ColumnsMenu } from '../events/columns.tsx';
import { ExportButton } from './export-button.tsx';
import { QueryField } from './query-field.tsx';
import { useSlash } from './use-slash.ts';
import { SavedQueries } from './saved-queries.tsx';

/** Looks for something, in all lists: one field, what it finds, and queries that were kept. */
export function FindBar() {
  const panel = usePanel();
  const { text, faults, marks } = usePanelState(({ find }) => find);
  const isEvents = usePanelState(({ view }) => view === 'events');
  useSlash();

  return (
    <div class="find" role="search">
      <QueryField
        text={text}
        faults={faults}
        complete={panel.complete}
        onWrite={panel.find}
        label={t('find')}
        hint={t('findHint')}
        list="events"
      />
      <Found />
      <button
        type="button"
        class="button quiet tool"
        aria-pressed={marks}
        aria-label={t('findMarks')}
        title={t('findMarksHint')}
        onClick={() => panel.mark(!marks)}
      >
        <Icon name="mark" />
      </button>
      <SavedQueries />
      {isEvents && <ColumnsMenu />}
      <ExportButton />
    </div>
  );
}

/** How many records are found. It is told once the user stops writing, not with each that comes. */
function Found() {
  const { text, found } = usePanelState(({ find }) => find);
  const records = usePanelState(({ counts }) => counts.records);
  const [told, setTold] = useState('');
  const words = t('findFound', number(found), number(records));
  useEffect(() => {
    if (text === '') return setTold('');
    const timer = setTimeout(() => setTold(words), 700);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <>
      {text !== '' && (
        <span class="found" aria-hidden="true">
          {words}
        </span>
      )}
      <span class="unseen" role="status">
        {told}
      </span>
    </>
  );
}
