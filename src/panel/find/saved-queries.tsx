import { useId, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';

/** Queries that the user has kept under a name: to take one, to keep this one, to let go of one. */
export function SavedQueries() {
  const panel = usePanel();
  const id = useId();
  const saved = usePanelState(state => state.saved);
  const text = usePanelState(({ find }) => find.text);
  const [name, setName] = useState('');

  function save(event: Event): void {
    event.preventDefault();
    if (text === '') return;
    panel.saveQuery(name.trim() || text, text);
    setName('');
  }

  return (
    <>
      <button type="button" class="button quiet tool" popovertarget={id} aria-label={t('saved')} title={t('savedHint')}>
        <Icon name="saved" />
      </button>
      <div id={id} popover="auto" class="menu" role="dialog" aria-label={t('saved')}>
        <h2>{t('saved')}</h2>
        {saved.length === 0 && <p class="note">{t('savedNone')}</p>}
        <ul class="plain">
          {saved.map(one => (
            <li key={one.name}>
              <button
                type="button"
                class="button quiet grow"
                popovertarget={id}
                popovertargetaction="hide"
                onClick={() => panel.find(one.text)}
              >
                <b>{visible(one.name, 80)}</b> <code>{visible(one.text, 120)}</code>
              </button>
              <button
                type="button"
                class="button quiet"
                aria-label={t('savedRemove', visible(one.name, 80))}
                onClick={() => panel.saveQuery(one.name, '')}
              >
                <Icon name="clear" />
              </button>
            </li>
          ))}
        </ul>
        <form onSubmit={save}>
          <input
            type="text"
            value={name}
            disabled={text === ''}
            aria-label={t('savedName')}
            placeholder={t('savedName')}
            onInput={event => setName(event.currentTarget.value)}
          />
          <button class="button primary" disabled={text === ''}>
            {t('savedKeep')}
          </button>
        </form>
      </div>
    </>
  );
}
