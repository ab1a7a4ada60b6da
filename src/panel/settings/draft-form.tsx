import { useId, useMemo } from 'preact/hooks';
import type { Binding } from '../../validation/draft.ts';
import { isSchemaUri } from '../../validation/schema-uri.ts';
import { t } from '../i18n.ts';
import { boundTo } from '../repositories.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';

export interface DraftText {
  text: string;
  binding: Binding;
  /** What the draft that is being changed is bound to; null of a new one. */
  replaces: Binding | null;
}

/** A new draft, bound to the URI that its `$id` names, where it has one. */
export function newDraft(text: string): DraftText {
  const [, id = ''] = /^\s*["']?\$id["']?\s*:\s*["']?([^\s"',]+)/m.exec(text) ?? [];
  return { text, binding: { uri: id }, replaces: null };
}

const KINDS = ['uri', 'stream'] as const;

interface Props {
  draft: DraftText;
  onChange(draft: DraftText): void;
  onDone(): void;
}

/** A schema that is not published yet, pasted: events are judged by it at once. */
export function DraftForm({ draft, onChange, onDone }: Props) {
  const panel = usePanel();
  const repositories = usePanelState(state => state.repositories);
  usePanelState(state => state.revision);
  const { text, binding, replaces } = draft;
  const kind = 'uri' in binding ? 'uri' : 'stream';
  const bound = boundTo(binding);
  const known = useMemo(() => seen(panel.log.records), [panel.log.records.length]);
  const [textId, boundId, listId] = [useId(), useId(), useId()];
  const isBound = kind === 'uri' ? isSchemaUri(bound) : bound.trim() !== '';

  const bind = (to: string, as: (typeof KINDS)[number]) =>
    onChange({ ...draft, binding: as === 'uri' ? { uri: to } : { stream: to } });

  function save(event: Event): void {
    event.preventDefault();
    const gone = [binding, ...(replaces ? [replaces] : [])].map(boundTo);
    const others = repositories
      .map(({ source }) => source)
      .filter(one => one.kind !== 'draft' || !gone.includes(boundTo(one.binding)));
    panel.setSources([{ kind: 'draft', text, binding }, ...others]);
    onDone();
  }

  return (
    <form class="draft" onSubmit={save}>
      <label for={textId}>{t('draftText')}</label>
      <textarea
        id={textId}
        rows={12}
        spellcheck={false}
        value={text}
        onInput={event => {
          const next = newDraft(event.currentTarget.value);
          const isUnbound = kind === 'uri' && bound === '';
          onChange(isUnbound ? { ...next, replaces } : { ...draft, text: next.text });
        }}
      />
      <fieldset class="inline">
        <legend>{t('draftBound')}</legend>
        {KINDS.map(one => (
          <label key={one}>
            <input type="radio" name={boundId} checked={kind === one} onChange={() => bind('', one)} />
            {t(one === 'uri' ? 'draftBoundUri' : 'draftBoundStream')}
          </label>
        ))}
        <input
          type="text"
          class="bound"
          aria-label={t(kind === 'uri' ? 'draftBoundUri' : 'draftBoundStream')}
          list={listId}
          spellcheck={false}
          placeholder={kind === 'uri' ? '/analytics/my_team/my_feature/1.0.0' : 'my_team.my_feature'}
          value={bound}
          onInput={event => bind(event.currentTarget.value, kind)}
        />
        <datalist id={listId}>
          {known[kind].map(name => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </fieldset>
      <div class="actions">
        <button type="button" class="button quiet" onClick={onDone}>
          {t('cancel')}
        </button>
        <button class="button primary" disabled={text.trim() === '' || !isBound}>
          {t('draftTry')}
        </button>
      </div>
    </form>
  );
}

const MOST = 100;

/** Schemas and streams of the newest calls. */
function seen(records: readonly { schema: string | null; stream: string | null }[]) {
  const newest = records.slice(-2_000);
  const names = (of: (record: (typeof newest)[number]) => string | null) =>
    [...new Set(newest.flatMap(record => of(record) ?? []))].toSorted().slice(0, MOST);
  return { uri: names(({ schema }) => schema), stream: names(({ stream }) => stream) };
}
