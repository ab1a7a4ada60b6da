import { useMemo, useRef, useState } from 'preact/hooks';
import { ListField } from '../find/list-field.tsx';
import { useListQuery } from '../find/use-list-query.ts';
import { explainReason, explainSampling } from '../explain.ts';
import { plural, t } from '../i18n.ts';
import type { ContextFact } from '../../record/facts.ts';
import { Identifier, Name } from '../shared/name.tsx';
import { SamplingBar } from '../shared/sampling-bar.tsx';
import { fraction, rateText, visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { useVirtual } from '../shared/use-virtual.ts';
import { useWidth } from '../shared/use-width.ts';
import { ENTRY_FIELDS, entriesOf, type Entry } from './entries.ts';
import { type Choice, choiceOf } from './rules.ts';
import { WhatIf } from './what-if-pane.tsx';
import '../events/details.css';
import './sampling.css';

const NARROW = 1_040;
const HEIGHT = { wide: 30, narrow: 58 };
const COLUMNS = ['name', 'in', 'unit', 'rate', 'id', 'value', 'force'] as const;
const CHOICES = ['configured', 'in', 'out', 'rate'] as const;

/** Each stream and instrument that the page knows, how it is decided, and what is forced. */
export function SamplingView() {
  const panel = usePanel();
  const context = usePanelState(() => panel.current()?.context ?? null);
  const [selected, setSelected] = useState<Selected>({ key: null, asked: 0 });
  const entries = useMemo(() => (context ? entriesOf(context) : []), [context]);
  const { found: shown, query } = useListQuery(entries, ENTRY_FIELDS);
  const entry = entries.find(one => keyOf(one) === selected.key);
  if (!context) return <Nothing title={t('samplingEmptyTitle')} text={t('samplingEmptyText')} />;
  return (
    <div class="sampling">
      <Identifiers context={context} />
      <ListField query={query} label={t('samplingSearch')} />
      {context.streams === false && <p class="note">{t('streamsOff')}</p>}
      {entries.length === 0 && <Nothing title={t('samplingNoneTitle')} text={t('samplingNoneText')} />}
      {entries.length > 0 && shown.length === 0 && (
        <Nothing title={t('samplingNoMatch')} text={plural('samplingOthers', entries.length)} />
      )}
      {shown.length > 0 && (
        <div class="body">
          <EntryList entries={shown} selected={selected} onSelect={setSelected} />
          {entry && (
            <WhatIf
              key={selected.key}
              entry={entry}
              context={context}
              asked={selected.asked}
              onClose={() => setSelected({ key: null, asked: 0 })}
            />
          )}
        </div>
      )}
    </div>
  );
}

/** What is explained beside the list; `asked` goes up when its rate is to be written. */
interface Selected {
  key: string | null;
  asked: number;
}

interface Selection {
  selected: Selected;
  onSelect: (selected: Selected) => void;
}

const keyOf = ({ target }: Entry) => `${target.kind} ${target.name}`;

function Nothing({ title, text }: { title: string; text: string }) {
  return (
    <div class="empty" role="status">
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  );
}

/** The two identifiers by which everything is decided here. */
function Identifiers({ context }: { context: ContextFact }) {
  const ids: [label: string, id: unknown][] = [
    [t('session'), context.session],
    [t('pageview'), context.pageview],
  ];
  return (
    <dl class="ids">
      {ids.map(([label, id]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{typeof id === 'string' ? <Identifier id={id} /> : t('unknown')}</dd>
        </div>
      ))}
    </dl>
  );
}

function EntryList({ entries, ...selection }: { entries: Entry[] } & Selection) {
  const list = useRef<HTMLDivElement>(null);
  const narrow = useWidth(list) < NARROW;
  const { scroller, rows, height } = useVirtual(entries.length, narrow ? HEIGHT.narrow : HEIGHT.wide);
  return (
    <div class="list" data-narrow={narrow} ref={list}>
      {!narrow && (
        <div class="header" aria-hidden="true">
          {COLUMNS.map(column => (
            <span key={column}>{t(`column_${column}`)}</span>
          ))}
        </div>
      )}
      <div class="scroller" ref={scroller} role="table" aria-label={t('view_sampling')} aria-rowcount={entries.length}>
        <div class="rows" role="rowgroup" style={{ height: `${height}px` }}>
          {rows.map(({ index, start }) => {
            const entry = entries[index];
            return entry && <EntryRow key={keyOf(entry)} entry={entry} index={index} start={start} {...selection} />;
          })}
        </div>
      </div>
    </div>
  );
}

function EntryRow({
  entry,
  index,
  start,
  selected,
  onSelect,
}: { entry: Entry; index: number; start: number } & Selection) {
  const override = usePanelState(state => state.override);
  const { target, sampling } = entry;
  const choice = choiceOf(override?.rules ?? [], target);
  const { unit, rate, id, value, inSample, reason } = sampling;
  const why = reason && reason !== 'out-of-sample' ? explainReason(reason, sampling) : explainSampling(sampling);
  return (
    <div
      class="row"
      role="row"
      aria-rowindex={index + 1}
      data-choice={choice}
      aria-selected={selected.key === keyOf(entry)}
      style={{ transform: `translateY(${start}px)` }}
    >
      <div class="line" role="presentation">
        <span role="cell" class="subject">
          <button
            type="button"
            class="explain"
            aria-expanded={selected.key === keyOf(entry)}
            title={t('explainHint')}
            onClick={() => onSelect({ key: keyOf(entry), asked: 0 })}
          >
            <Name name={target.name} />
          </button>
          <span class="kind">{t(target.kind)}</span>
        </span>
        <span role="cell" class="in" data-in={inSample ?? undefined} title={why}>
          {inSample === null ? t('unknown') : t(inSample ? 'in' : 'out')}
        </span>
      </div>
      <div class="line" role="presentation">
        <span role="cell" class="unit">
          {visible(unit ?? '–', 40)}
        </span>
        <span role="cell" class="rate" title={visible(JSON.stringify(rate), 200)}>
          {rate === null ? '–' : rateText(rate)}
        </span>
        <span role="cell" class="id">
          {id === null ? '–' : <Identifier id={id} />}
        </span>
        <span role="cell" class="value" title={why}>
          {value !== null && <SamplingBar rate={rate} value={value} inSample={inSample === true} />}
          <span>{value === null ? '–' : fraction(value)}</span>
        </span>
        <span role="cell" class="force">
          <Toggle
            entry={entry}
            choice={choice}
            onRate={() => onSelect({ key: keyOf(entry), asked: selected.asked + 1 })}
          />
        </span>
      </div>
    </div>
  );
}

/** What is pressed is what the background says is in force; a click only asks for another. */
function Toggle({ entry, choice, onRate }: { entry: Entry; choice: Choice; onRate: () => void }) {
  const panel = usePanel();
  const overriding = usePanelState(state => state.overriding);
  const pressed = typeof choice === 'number' ? 'rate' : choice;

  function choose(of: (typeof CHOICES)[number]): void {
    if (of === 'rate') onRate();
    else if (of !== choice && !overriding) void panel.force([entry.target], of);
  }

  /** Left and right within the toggle, up and down to the same button of the next row. */
  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.findIndex(button => button === document.activeElement);
    const row = event.currentTarget.closest('.row');
    const inRow = (other: Element | null | undefined) => other?.querySelectorAll<HTMLElement>('.toggle button')[at];
    const next = {
      ArrowRight: buttons[at + 1],
      ArrowLeft: buttons[at - 1],
      ArrowDown: inRow(row?.nextElementSibling),
      ArrowUp: inRow(row?.previousElementSibling),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <span class="toggle" role="group" aria-label={t('forceLabel', visible(entry.target.name))} onKeyDown={onKeyDown}>
      {CHOICES.map(of => (
        <button
          type="button"
          key={of}
          aria-pressed={pressed === of}
          aria-disabled={overriding}
          tabIndex={pressed === of ? 0 : -1}
          data-choice={of}
          title={t(`force_${of}_hint`)}
          onClick={() => choose(of)}
        >
          {of === 'rate' && typeof choice === 'number' ? t('forcedRate', rateText(choice)) : t(`force_${of}`)}
        </button>
      ))}
    </span>
  );
}
