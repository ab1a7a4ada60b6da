import { useId, useState } from 'preact/hooks';
import { number, t } from '../i18n.ts';
import { DEFAULT_REPOSITORIES, parseBases, type RepositoryStatus } from '../repositories.ts';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import './settings.css';

/** A button and what it opens: the schema repositories, one base a line, with how each has answered. */
export function Settings() {
  const id = useId();
  return (
    <>
      <button
        type="button"
        class="button quiet tool"
        popovertarget={id}
        title={t('settings')}
        aria-label={t('settings')}
      >
        <Icon name="settings" />
      </button>
      <div id={id} popover="auto" class="settings" role="dialog" aria-label={t('settings')}>
        <Repositories />
      </div>
    </>
  );
}

function Repositories() {
  const panel = usePanel();
  const repositories = usePanelState(state => state.repositories);
  const bases = repositories.map(({ base }) => base).join('\n');
  const [edited, setEdited] = useState<string | null>(null);
  const text = edited ?? bases;
  const { bases: next, wrong } = parseBases(text);
  const label = useId();

  function save(event: Event): void {
    event.preventDefault();
    if (wrong.length > 0) return;
    panel.setRepositories(next);
    setEdited(null);
  }

  return (
    <form onSubmit={save}>
      <h2 id={label}>{t('repositories')}</h2>
      <p>{t('repositoriesText')}</p>
      <ul class="plain">
        {repositories.map(repository => (
          <Status key={repository.base} repository={repository} />
        ))}
      </ul>
      <textarea
        aria-labelledby={label}
        rows={4}
        spellcheck={false}
        value={text}
        onInput={event => setEdited(event.currentTarget.value)}
      />
      {wrong.length > 0 && (
        <p role="alert" data-tone="error">
          {t('repositoriesWrong', visible(wrong[0] ?? ''))}
        </p>
      )}
      <div class="actions">
        <button type="button" class="button quiet" onClick={() => setEdited(DEFAULT_REPOSITORIES.join('\n'))}>
          {t('repositoriesDefault')}
        </button>
        <button class="button primary" disabled={edited === null || wrong.length > 0}>
          {t('save')}
        </button>
      </div>
    </form>
  );
}

function Status({ repository: { base, found, missing, problem } }: { repository: RepositoryStatus }) {
  const tone = problem !== null ? 'error' : found > 0 ? 'good' : 'quiet';
  return (
    <li class="repository" data-tone={tone}>
      <span class="dot" />
      <span class="base">{visible(base)}</span>
      <span class="more">
        {problem !== null
          ? visible(problem)
          : found + missing === 0
            ? t('repositoryUnused')
            : t('repositoryAnswered', number(found), number(missing))}
      </span>
    </li>
  );
}
