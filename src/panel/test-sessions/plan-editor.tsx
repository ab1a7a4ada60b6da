import { useId, useRef, useState } from 'preact/hooks';
import { number, t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { complete, type Completions } from './complete.ts';
import { planText } from './plan-text.ts';
import { useTests, useTestsState } from './use-tests.ts';

const NONE: Completions = { from: 0, to: 0, items: [] };

/**
 * The plan as text, with what can be written at the cursor, and its faults at their lines. Ctrl+Space asks, arrows
 * choose, Enter takes, Escape closes.
 */
export function PlanEditor() {
  const tests = useTests();
  const panel = usePanel();
  const text = useTestsState(state => state.plan);
  const faults = useTestsState(state => state.faults);
  const [offered, setOffered] = useState(NONE);
  const [at, setAt] = useState(0);
  /** What stood there before a plan was made of records. */
  const [before, setBefore] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const [id, listId] = [useId(), useId()];

  function offer(): void {
    const { current } = area;
    if (!current) return;
    setOffered(complete(current.value, current.selectionStart, panel.log.records));
    setAt(0);
  }

  function take(index: number): void {
    const { current } = area;
    const item = offered.items[index];
    if (!current || !item) return;
    current.setRangeText(item.text, offered.from, offered.to, 'end');
    tests.write(current.value);
    setOffered(NONE);
    current.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      return offer();
    }
    const count = offered.items.length;
    if (count === 0) return;
    const steps: { [key: string]: number } = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) setAt((at + step + count) % count);
    else if (event.key === 'Enter') take(at);
    else if (event.key === 'Escape') setOffered(NONE);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function go(line: number): void {
    const { current } = area;
    if (!current) return;
    const begin =
      current.value
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0);
    current.focus();
    current.setSelectionRange(begin, begin + (current.value.split('\n')[line - 1]?.length ?? 0));
  }

  const wrong = new Set(faults.map(({ line }) => line));
  const lines = Math.max(12, text.split('\n').length + 1);
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('testsPlan')}</h2>
      <div class="editor">
        <div class="lines" aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => (
            <span key={index} data-wrong={wrong.has(index + 1) || undefined}>
              {index + 1}
            </span>
          ))}
        </div>
        <textarea
          id={id}
          ref={area}
          rows={lines}
          spellcheck={false}
          aria-label={t('testsPlan')}
          aria-describedby={`${id}-faults`}
          aria-controls={offered.items.length > 0 ? listId : undefined}
          aria-activedescendant={offered.items.length > 0 ? `${listId}-${at}` : undefined}
          placeholder={t('testsPlanPlaceholder')}
          value={text}
          onInput={event => {
            tests.write(event.currentTarget.value);
            offer();
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setTimeout(() => setOffered(NONE), 150)}
        />
        {offered.items.length > 0 && (
          <ul class="offered" id={listId} role="listbox" aria-label={t('testsOffered')}>
            {offered.items.slice(0, 12).map((item, index) => (
              <li
                key={item.text}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === at}
                onMouseDown={event => {
                  event.preventDefault();
                  take(index);
                }}
              >
                <b>{visible(item.text, 80)}</b> <span class="note">{item.about}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <ul id={`${id}-faults`} class="faults plain" role={faults.length > 0 ? 'alert' : undefined}>
        {faults.slice(0, 20).map((fault, index) => (
          <li key={index}>
            <button type="button" class="button quiet" onClick={() => go(fault.line)}>
              {t('testsLine', number(fault.line), visible(fault.message, 300))}
            </button>
          </li>
        ))}
      </ul>
      <div class="inline">
        <button
          type="button"
          class="button"
          id="tests-plan-from-records"
          onClick={() => {
            setBefore(text);
            tests.write(planText(panel));
          }}
        >
          {t('testsPlanFromRecords')}
        </button>
        {before !== null && before.trim() !== '' && (
          <button
            type="button"
            class="button quiet"
            onClick={() => {
              tests.write(before);
              setBefore(null);
            }}
          >
            <Icon name="undo" /> {t('testsPlanBefore')}
          </button>
        )}
        <span class="note">{t('testsPlanKeys')}</span>
      </div>
    </section>
  );
}
