import { number, t } from '../i18n.ts';
import { nameOf } from '../repositories.ts';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';

/** Where schemas are read, and how each place has answered so far; they are chosen in the settings. */
export function Repositories() {
  const panel = usePanel();
  const repositories = usePanelState(state => state.repositories);
  return (
    <section>
      <h2>{t('catalogueRepositories')}</h2>
      <ul class="plain">
        {repositories.map((repository, index) => {
          const { source, found, missing, problem } = repository;
          const tone = problem !== null ? 'error' : found > 0 ? 'good' : 'quiet';
          return (
            <li key={index} class="repository" data-tone={tone}>
              <span class="dot" />
              <span class="base">{visible(nameOf(source))}</span>
              <span class="more">
                {problem !== null
                  ? visible(problem.message)
                  : found + missing === 0
                    ? t('repositoryUnused')
                    : t('repositoryAnswered', number(found), number(missing))}
              </span>
            </li>
          );
        })}
      </ul>
      <p>
        <button type="button" class="link" onClick={() => panel.show('settings')}>
          {t('overviewGo', t('view_settings'))}
        </button>
      </p>
    </section>
  );
}
