import { useId, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { httpSource, isHttp, parseBase } from '../repositories.ts';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { pickedFolder } from './folder.ts';

/** One more base URL. It comes first: what one adds is what one wants to try. */
export function AddBase() {
  const panel = usePanel();
  const repositories = usePanelState(state => state.repositories);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const id = useId();

  function add(event: Event): void {
    event.preventDefault();
    const base = parseBase(text);
    if (base === null) {
      setWrong(text);
      return;
    }
    const others = repositories.map(({ source }) => source).filter(one => !isHttp(one) || one.base !== base);
    panel.setSources([httpSource(base), ...others]);
    setText('');
  }

  return (
    <form class="add" onSubmit={add}>
      <label class="unseen" for={id}>
        {t('addBase')}
      </label>
      <input
        id={id}
        type="text"
        inputMode="url"
        spellcheck={false}
        placeholder="https://schemas.example/jsonschema/"
        value={text}
        aria-invalid={wrong !== null}
        onInput={event => {
          setText(event.currentTarget.value);
          setWrong(null);
        }}
      />
      <button class="button" disabled={text.trim() === ''}>
        {t('addBase')}
      </button>
      {wrong !== null && (
        <p role="alert" data-tone="error">
          {t('repositoriesWrong', visible(wrong))}
        </p>
      )}
    </form>
  );
}

/** Preact's types do not know it. */
const OF_FOLDERS = { webkitdirectory: true };

/** A folder of this machine. */
export function PickFolder() {
  const panel = usePanel();
  const repositories = usePanelState(state => state.repositories);

  function pick(input: HTMLInputElement): void {
    const folder = pickedFolder(input.files ?? []);
    // So that the same folder can be picked once more.
    input.value = '';
    if (!folder) return;
    const others = repositories
      .map(({ source }) => source)
      .filter(one => one.kind !== 'folder' || one.name !== folder.name);
    panel.setSources([{ kind: 'folder', ...folder }, ...others]);
  }

  return (
    <label class="button file">
      {t('pickFolder')}
      <input type="file" {...OF_FOLDERS} multiple onChange={event => pick(event.currentTarget)} />
    </label>
  );
}
