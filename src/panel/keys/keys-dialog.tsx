import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { usePanel } from '../shared/use-panel.ts';
import { KEYS } from './keys.ts';
import './keys.css';

/** A button and what it opens: the list of keys, that `?` opens too. Acts on the keys that work in every view. */
export function Keys() {
  const panel = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey) {
        // By the place of the key: with Alt, some systems write another letter.
        if (event.code === 'KeyO') void panel.everythingOff();
        else if (event.code === 'KeyU') panel.flush();
        else return;
      } else if (event.key === '?' && !isWriting(event.target) && !dialog.current?.open) dialog.current?.showModal();
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [panel]);

  return (
    <>
      <button
        type="button"
        class="button quiet tool"
        title={t('keys')}
        aria-label={t('keys')}
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="keyboard" />
      </button>
      <dialog ref={dialog} class="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">{t('keys')}</h2>
        <div class="groups">
          {KEYS.map(({ where, keys }) => (
            <section key={where}>
              <h3>{t(`keys_${where}`)}</h3>
              <dl>
                {keys.map(({ does, press }) => (
                  <div key={does}>
                    <dt>
                      {press.map(key => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dt>
                    <dd>{t(`keyDoes_${does}`)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <form method="dialog" class="actions">
          <button class="button primary">{t('close')}</button>
        </form>
      </dialog>
    </>
  );
}

/** Whether a key pressed there is text. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
