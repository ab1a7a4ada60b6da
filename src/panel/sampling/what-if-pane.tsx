import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { compare } from '../../platform/explain/compare.ts';
import { explain, type Question } from '../../platform/explain/explain.ts';
import { nextIn, withRate } from '../../platform/explain/what-if.ts';
import { at } from '../../platform/json.ts';
import type { ContextFact } from '../../record/facts.ts';
import { explainVerdictOf, explainWhy } from '../explain.ts';
import { t } from '../i18n.ts';
import { rateOf } from '../overrides/draft.ts';
import { CloseButton } from '../shared/close-button.tsx';
import { Name } from '../shared/name.tsx';
import { SamplingBar } from '../shared/sampling-bar.tsx';
import { rateText } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import type { Entry } from './entries.ts';
import { randomId, unitOf } from './what-if.ts';
import { Comparison } from './comparison.tsx';
import { WikiRates } from './wiki-rates-pane.tsx';

interface Props {
  entry: Entry;
  context: ContextFact;
  /** Goes up when the rate is to be written. */
  asked: number;
  onClose: () => void;
}

/** Why one stream or instrument is in or out, in every client, and what would make it otherwise. */
export function WhatIf({ entry, context, asked, onClose }: Props) {
  const panel = usePanel();
  const overriding = usePanelState(state => state.overriding);
  const { target, config } = entry;
  const unit = unitOf(config);
  const own = unit === null ? '' : (context[unit] ?? '');
  const configured = at(at(config, 'sample'), 'rate');
  const [rate, setRate] = useState<string | null>(null);
  const [id, setId] = useState<string | null>(null);
  const [none, setNone] = useState(false);
  const rateField = useRef<HTMLInputElement>(null);
  const [rateId, idId] = [useId(), useId()];
  useEffect(() => {
    if (asked > 0) rateField.current?.focus();
  }, [asked]);

  const plain: Question = { client: target.kind === 'stream' ? 'mpl-js' : 'test-kitchen-js', config };
  const number = rate === null ? null : rateOf(rate);
  const question = number === null ? plain : withRate(plain, number);
  const given = 'config' in question ? question.config : undefined;
  const shownId = id ?? own;
  const ids = {
    session: context.session,
    pageview: context.pageview,
    ...(unit !== null && id !== null && { [unit]: id }),
  };
  const explained = explain(question, ids);
  const isRate = typeof number === 'number' && number >= 0 && number <= 1;

  function next(): void {
    const found = nextIn(question, shownId);
    setNone(found === null);
    if (found !== null) setId(found);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  }

  return (
    <aside class="details what-if" aria-label={t('whatIf')} onKeyDown={onKeyDown}>
      <header>
        <h2>
          <Name name={target.name} />
          <span class="what">{t(target.kind)}</span>
        </h2>
        <CloseButton onClick={onClose} />
      </header>
      <section>
        <h3>
          {t('whatIf')}
          {(rate !== null || id !== null) && (
            <span class="tools">
              <button
                type="button"
                class="button quiet"
                onClick={() => {
                  setRate(null);
                  setId(null);
                  setNone(false);
                }}
              >
                {t('whatIfReset')}
              </button>
            </span>
          )}
        </h3>
        <p class="verdict" data-verdict={explained.verdict} aria-live="polite">
          <b>{explainVerdictOf(explained)}</b> {explainWhy(explained)}
        </p>
        {explained.comparison !== null && <code class="comparison">{explained.comparison}</code>}
        <SamplingBar rate={explained.rate} value={explained.value} inSample={explained.verdict === 'in'} />
        <div class="field">
          <label for={rateId}>{t('column_rate')}</label>
          <div class="inline">
            <input
              type="range"
              class="wide"
              aria-label={t('column_rate')}
              min={0}
              max={1}
              step={0.001}
              value={typeof explained.rate === 'number' ? explained.rate : 0}
              onInput={event => setRate(event.currentTarget.value)}
            />
            <input
              id={rateId}
              ref={rateField}
              class="short"
              data-field="rate"
              inputMode="decimal"
              autocomplete="off"
              aria-invalid={rate !== null && !isRate}
              value={rate ?? (configured === undefined ? '' : rateText(configured))}
              onInput={event => setRate(event.currentTarget.value)}
            />
            <button
              type="button"
              class="button"
              data-action="force-rate"
              disabled={!isRate || overriding}
              onClick={() => isRate && void panel.force([target], number)}
            >
              {t('forceRate')}
            </button>
          </div>
          {rate !== null && !isRate && (
            <span role="alert" data-tone="error">
              {t('rateWrong')}
            </span>
          )}
        </div>
        {unit !== null && (
          <div class="field">
            <label for={idId}>{t(`kind_${unit}`)}</label>
            <div class="inline">
              <input
                id={idId}
                class="wide mono"
                data-field="id"
                autocomplete="off"
                spellcheck={false}
                value={shownId}
                onInput={event => setId(event.currentTarget.value)}
              />
            </div>
            <div class="inline">
              <button type="button" class="button" onClick={() => setId(randomId())}>
                {t('idReroll')}
              </button>
              <button type="button" class="button" data-action="next-in" onClick={next}>
                {t('idNext')}
              </button>
              <button
                type="button"
                class="button"
                data-action="force-id"
                disabled={id === null || id === '' || id.length > 64 || overriding}
                onClick={() =>
                  id !== null && void panel.setRule(unit === 'session' ? { session: id } : { pageview: id })
                }
              >
                {t('forceId')}
              </button>
            </div>
            {none && (
              <span role="alert" data-tone="error">
                {t('idNextNone')}
              </span>
            )}
          </div>
        )}
      </section>
      <Comparison comparison={compare(given, ids)} />
      <WikiRates key={`${target.kind} ${target.name}`} target={target} />
    </aside>
  );
}
