import { WIKIMEDIA_BASES } from '../../validation/http-repository.ts';
import type { Binding } from '../../validation/draft.ts';
import { number, t } from '../i18n.ts';
import { DEFAULT_SOURCES, isHttp, nameOf, type RepositoryStatus, type Source } from '../repositories.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { Remedies } from './remedies.tsx';

/** Where schemas are read from, in the order in which they are asked. */
export function Repositories({ onEdit }: { onEdit(text: string, binding: Binding): void }) {
  const panel = usePanel();
  const repositories = usePanelState(state => state.repositories);
  const sources = repositories.map(({ source }) => source);
  const hasDefaults = WIKIMEDIA_BASES.every(base => sources.some(one => isHttp(one) && one.base === base));

  function move(index: number, by: number): void {
    const source = sources[index];
    if (!source) return;
    const rest = sources.toSpliced(index, 1);
    panel.setSources(rest.toSpliced(index + by, 0, source));
  }

  return (
    <>
      <ol class="repositories">
        {repositories.map((repository, index) => (
          <Repository
            key={`${repository.source.kind} ${nameOf(repository.source)}`}
            repository={repository}
            isFirst={index === 0}
            isLast={index === repositories.length - 1}
            onMove={by => move(index, by)}
            onRemove={() => panel.setSources(sources.toSpliced(index, 1))}
            onChange={source => panel.setSources(sources.with(index, source))}
            onEdit={onEdit}
          />
        ))}
      </ol>
      {repositories.length === 0 && <p data-tone="warning">{t('repositoriesNone')}</p>}
      {!hasDefaults && (
        <button
          type="button"
          class="button"
          onClick={() => panel.setSources([...sources, ...DEFAULT_SOURCES.filter(({ base }) => !has(sources, base))])}
        >
          {t('repositoriesDefault')}
        </button>
      )}
    </>
  );
}

const has = (sources: readonly Source[], base: string) => sources.some(one => isHttp(one) && one.base === base);

interface Props {
  repository: RepositoryStatus;
  isFirst: boolean;
  isLast: boolean;
  onMove(by: number): void;
  onRemove(): void;
  onChange(source: Source): void;
  onEdit(text: string, binding: Binding): void;
}

function Repository({ repository, isFirst, isLast, onMove, onRemove, onChange, onEdit }: Props) {
  const { source, found, missing, problem } = repository;
  const name = visible(nameOf(source));
  const tone = problem !== null ? 'error' : found > 0 ? 'good' : 'quiet';
  return (
    <li class="repository" data-tone={tone} data-kind={source.kind}>
      <span class="dot" />
      <span class="base">
        <b>{name}</b>
        <span class="kind">{t(kindOf(source))}</span>
      </span>
      <span class="tools">
        {source.kind === 'draft' && (
          <button type="button" class="button quiet" onClick={() => onEdit(source.text, source.binding)}>
            {t('edit')}
          </button>
        )}
        <Tool icon="up" label={t('moveUp', name)} disabled={isFirst} onClick={() => onMove(-1)} />
        <Tool icon="down" label={t('moveDown', name)} disabled={isLast} onClick={() => onMove(1)} />
        <Tool icon="close" label={t('removeOne', name)} onClick={onRemove} />
      </span>
      <span class="more" role="status">
        {problem !== null
          ? visible(problem.message, 1_000)
          : found + missing === 0
            ? t('repositoryUnused')
            : t('repositoryAnswered', number(found), number(missing))}
      </span>
      {problem?.remedy && (
        <span class="more inline">
          <Remedies remedies={[problem.remedy]} />
        </span>
      )}
      {source.kind === 'http' && (
        <label class="more">
          <input
            type="checkbox"
            checked={source.kept}
            onChange={event => onChange({ ...source, kept: event.currentTarget.checked })}
          />
          {t('repositoryKept')}
        </label>
      )}
    </li>
  );
}

function kindOf(source: Source): 'kindHttp' | 'kindFolder' | 'kindDraftStream' | 'kindDraftUri' {
  if (source.kind === 'draft') return 'stream' in source.binding ? 'kindDraftStream' : 'kindDraftUri';
  return source.kind === 'http' ? 'kindHttp' : 'kindFolder';
}

interface ToolProps {
  icon: IconName;
  label: string;
  disabled?: boolean;
  onClick(): void;
}

function Tool({ icon, label, disabled = false, onClick }: ToolProps) {
  return (
    <button type="button" class="button quiet" title={label} aria-label={label} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
