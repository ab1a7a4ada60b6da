import { useId, useMemo, useState } from 'preact/hooks';
import { fragmentsFor } from '../../validation/fragments.ts';
import { draftDataset } from '../../validation/new-dataset.ts';
import { number, plural, t } from '../i18n.ts';
import type { Source } from '../repositories.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import { useFollowed } from '../shared/use-followed.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { countsOf, type Dataset, eventsOf, namesFor, standingTally, streamsOf } from './dataset.ts';
import '../shared/form-view.css';
import './drafts.css';

/** A new dataset from what was captured: its schema and its stream's config, to be edited, tried and copied. */
export function DraftsView() {
  const panel = usePanel();
  const { reader, drawn } = useFollowed(panel.followed(standingTally));
  const dataset = usePanelState(state => state.dataset);
  const [busy, setBusy] = useState(false);
  const { records } = panel.log;
  const streams = useMemo(() => streamsOf(reader), [reader, drawn]);
  const events = useMemo(() => eventsOf(records, reader, dataset.from), [reader, drawn, dataset.from]);

  async function make(event: Event): Promise<void> {
    event.preventDefault();
    const { title, stream, version } = dataset;
    setBusy(true);
    try {
      const fragments = await fragmentsFor(events, { read: panel.readSchema, newest: panel.newestVersion });
      const made = draftDataset({ title, stream, version, events, fragments });
      panel.draft({ made: { ...made, events: events.length }, problem: null });
    } catch (error) {
      panel.draft({ made: null, problem: error instanceof Error ? error.message : String(error) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <div class="form-view drafts">
      <form class="what" onSubmit={event => void make(event)}>
        <p class="note">{t('datasetText')}</p>
        <div class="fields">
          <Field label={t('datasetFrom')}>
            {id => (
              <select
                id={id}
                value={dataset.from}
                onChange={event => {
                  const from = event.currentTarget.value;
                  const names = namesFor(eventsOf(records, reader, from), from);
                  panel.draft({ from, ...names, made: null, problem: null });
                }}
              >
                <option value="">{t('datasetChoose')}</option>
                {streams.map(([stream, count]) => (
                  <option key={stream} value={stream}>
                    {visible(stream)} ({number(count)})
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Text label={t('datasetTitle')} field="title" placeholder="analytics/my_team/my_feature" />
          <Text label={t('datasetStream')} field="stream" placeholder="my_team.my_feature" />
          <Text label={t('datasetVersion')} field="version" placeholder="1.0.0" />
        </div>
        <div class="inline">
          <button class="button primary" disabled={busy || events.length === 0 || dataset.title.trim() === ''}>
            {plural('datasetMake', events.length)}
          </button>
          {dataset.from !== '' && events.length === 0 && <span data-tone="warning">{t('datasetNoEvents')}</span>}
        </div>
        {dataset.problem !== null && (
          <p role="alert" data-tone="error">
            {visible(dataset.problem, 500)}
          </p>
        )}
      </form>
      {dataset.made && <Made made={dataset.made} dataset={dataset} />}
      {!dataset.made && (streams.length === 0 ? <Empty /> : <p class="note hint">{t('datasetHint')}</p>)}
    </div>
  );
}

function Empty() {
  return (
    <div class="empty" role="status">
      <h2>{t('datasetEmptyTitle')}</h2>
      <p>{t('datasetEmptyText')}</p>
    </div>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => preact.ComponentChildren }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
    </div>
  );
}

interface TextProps {
  label: string;
  field: 'title' | 'stream' | 'version';
  placeholder: string;
}

function Text({ label, field, placeholder }: TextProps) {
  const panel = usePanel();
  const value = usePanelState(state => state.dataset[field]);
  return (
    <Field label={label}>
      {id => (
        <input
          id={id}
          type="text"
          spellcheck={false}
          placeholder={placeholder}
          value={value}
          onInput={event => panel.draft({ [field]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
}

function Made({ made, dataset }: { made: NonNullable<Dataset['made']>; dataset: Dataset }) {
  const panel = usePanel();
  const { schema, config, problems } = made;
  const change = (fields: Partial<typeof made>) => panel.draft({ made: { ...made, ...fields } });
  return (
    <>
      {problems.length > 0 && (
        <section class="problems" aria-label={t('datasetProblems')}>
          <h2>{t('datasetProblems')}</h2>
          <ul>
            {problems.map(problem => (
              <li key={problem}>{visible(problem, 300)}</li>
            ))}
          </ul>
        </section>
      )}
      <Trial from={dataset.from} schema={schema} expected={made.events} />
      <div class="editors">
        <Editor label={`${dataset.title}/current.yaml`} value={schema} onInput={text => change({ schema: text })} />
        <Editor label={t('datasetConfig')} value={config} onInput={text => change({ config: text })} />
      </div>
    </>
  );
}

function Editor({ label, value, onInput }: { label: string; value: string; onInput(text: string): void }) {
  const id = useId();
  return (
    <div class="editor">
      <div class="head">
        <label for={id}>{visible(label)}</label>
        <CopyButton label={t('copy')} text={() => value} />
      </div>
      <textarea id={id} spellcheck={false} value={value} onInput={event => onInput(event.currentTarget.value)} />
    </div>
  );
}

/** The draft as it stands, tried on the events that were captured. */
function Trial({ from, schema, expected }: { from: string; schema: string; expected: number }) {
  const panel = usePanel();
  const { reader, drawn } = useFollowed(panel.followed(standingTally));
  const repositories = usePanelState(state => state.repositories);
  const counts = useMemo(() => countsOf(reader, from), [reader, drawn, from]);
  const isOurs = (source: Source) =>
    source.kind === 'draft' && 'stream' in source.binding && source.binding.stream === from;
  const tried = repositories.find(({ source }) => isOurs(source));
  const others = repositories.map(({ source }) => source).filter(source => !isOurs(source));
  const isWrong = tried !== undefined && (tried.problem !== null || counts.valid < expected);
  const isStale = tried?.source.kind === 'draft' && tried.source.text !== schema;

  return (
    <section class="trial" aria-label={t('datasetTrial')}>
      <button
        type="button"
        class="button primary"
        disabled={tried !== undefined && !isStale}
        onClick={() => panel.setSources([{ kind: 'draft', text: schema, binding: { stream: from } }, ...others])}
      >
        {t(isStale ? 'datasetTryAgain' : 'datasetTry')}
      </button>
      {tried && (
        <button type="button" class="button" onClick={() => panel.setSources(others)}>
          {t('datasetStop')}
        </button>
      )}
      <span role="status" data-tone={isWrong ? 'error' : tried ? 'good' : 'quiet'}>
        {tried && <Icon name={isWrong ? 'wrong' : 'accepted'} />}
        {tried?.problem
          ? visible(tried.problem.message, 1_000)
          : t(
              tried ? 'datasetTried' : 'datasetUntried',
              number(counts.valid),
              number(counts.refused),
              number(counts.other),
            )}
      </span>
    </section>
  );
}
