import type { Ref } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { DISAGREES } from '../../log/answers.ts';
import type { Record, Sampling } from '../../record/record.ts';
import { FindingsSection } from '../checks/findings-section.tsx';
import { marksOf, nearest } from '../checks/marks.ts';
import { VerdictSection } from '../checks/verdict-section.tsx';
import { wantedOf } from '../checks/wanted.ts';
import { explainDecision, explainDelivery } from '../explain.ts';
import { t } from '../i18n.ts';
import { isRefused } from '../refused.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { Icon } from '../shared/icon.tsx';
import { JsonTree } from '../shared/json-tree.tsx';
import type { Marks } from '../shared/json-nodes.ts';
import { Identifier, Name } from '../shared/name.tsx';
import { SamplingBar } from '../shared/sampling-bar.tsx';
import { Section } from '../shared/section.tsx';
import { clock, duration, visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { AttributesTable } from './attributes-table.tsx';
import { attributesOfRecord } from './attributes.ts';
import { decisionCell, deliveryCell, subjectOf } from './cells.ts';
import './details.css';

/** Everything that is known of one record. */
export function Details({ record, pane }: { record: Record; pane: Ref<HTMLElement> }) {
  const panel = usePanel();
  usePanelState(state => state.selectedRevision);
  const muted = usePanelState(state => state.muted);
  const [target, setTarget] = useState<{ path: string } | null>(null);
  const wanted = wantedOf(record, muted);
  const { event, verdict, checks } = record;
  const marks = useMemo(() => marksOf(record, wanted.shown), [event, verdict, checks, muted]);
  const show = (pointer: string) => setTarget({ path: nearest(record.event, pointer) });

  function close(): void {
    panel.close();
    document.getElementById('events')?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  }

  const subject = subjectOf(record);
  // What was sent for nothing is what one wants to know first.
  const isWrong = record.decision.state === 'accepted' && isRefused(verdict.verdict);
  const verdictSection = <VerdictSection record={record} onShow={show} />;
  return (
    <aside class="details" ref={pane} tabIndex={-1} aria-label={t('details')} onKeyDown={onKeyDown}>
      <header>
        <h2>
          {subject !== null && <Name name={subject} />}
          <span class="what">
            <bdi>{visible(record.api, 120)}</bdi>
            {record.action && (
              <>
                {' · '}
                <bdi>{visible(record.action, 120)}</bdi>
              </>
            )}
          </span>
        </h2>
        <button type="button" class="button quiet" aria-label={t('close')} title={t('close')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {isWrong && verdictSection}
      <DecisionSection record={record} />
      {record.override && <OverrideSection override={record.override} />}
      <DeliverySection record={record} />
      {!isWrong && verdictSection}
      <FindingsSection record={record} wanted={wanted} onShow={show} />
      <EventSection record={record} marks={marks} target={target} />
      <AttributesSection record={record} />
      <ContextSection record={record} />
    </aside>
  );
}

function DecisionSection({ record }: { record: Record }) {
  const { decision } = record;
  const { sampling } = decision;
  return (
    <Section title={t('column_decision')} cell={decisionCell(record)}>
      <p>{explainDecision(decision)}</p>
      {!decision.agrees && <p data-tone="error">{t('disagrees')}</p>}
      {sampling && isSampled(sampling) && (
        <>
          <SamplingBar rate={sampling.rate} value={sampling.value} inSample={sampling.inSample} />
          <dl class="facts">
            <dt>{t('column_unit')}</dt>
            <dd>{visible(sampling.unit ?? '–')}</dd>
            <dt>{t('column_id')}</dt>
            <dd>{sampling.id === null ? '–' : <Identifier id={sampling.id} />}</dd>
            <dt>{t('column_value')}</dt>
            <dd>{sampling.value ?? '–'}</dd>
            <dt>{t('column_rate')}</dt>
            <dd>{visible(JSON.stringify(sampling.rate) ?? '–', 100)}</dd>
          </dl>
        </>
      )}
    </Section>
  );
}

/** Nothing to be shown where nothing is sampled: the sentence says so. */
function isSampled({ unit, rate, id }: Sampling): boolean {
  return unit !== null || rate !== null || id !== null;
}

function OverrideSection({ override }: { override: NonNullable<Record['override']> }) {
  return (
    <Section title={t('override')}>
      <p>{t(override.forced ? 'overrideForced' : 'overrideTouched')}</p>
      <p>{t(override.without.inSample ? 'withoutIn' : 'withoutOut')}</p>
      <ul class="plain">
        {override.rules.slice(0, 20).map((rule, index) => (
          <li key={index}>
            <code>{visible(JSON.stringify(rule))}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function DeliverySection({ record }: { record: Record }) {
  const { checks, delivery, time } = record;
  const steps: [label: string, at: string | null][] = [
    [t('stepCalled'), time],
    [t('stepQueued'), delivery.queuedUntil],
    [t('stepSent'), delivery.sentAt],
  ];
  return (
    <Section title={t('column_delivery')} cell={deliveryCell(record)}>
      <p>{explainDelivery(delivery)}</p>
      <ol class="timeline">
        {steps.map(
          ([label, at]) =>
            at !== null && (
              <li key={label}>
                <span class="time">{clock(at)}</span> {label}
                {at !== time && <span class="more"> +{duration(Date.parse(at) - Date.parse(time))}</span>}
              </li>
            ),
        )}
        {delivery.status !== null && (
          <li>
            <span class="time" /> {t('stepAnswered', delivery.status)}
          </li>
        )}
      </ol>
      {delivery.url !== null && (
        <p class="url">
          <code>{visible(delivery.url, 500)}</code>
        </p>
      )}
      {delivery.answer !== null && <JsonTree value={delivery.answer} label={t('intakeAnswer')} />}
      {checks
        .filter(({ check }) => check === DISAGREES)
        .map(({ message }) => (
          <p key={message} data-tone="error">
            {visible(message, 1_000)}
          </p>
        ))}
    </Section>
  );
}

function EventSection({ record, marks, target }: { record: Record; marks: Marks; target: { path: string } | null }) {
  const { event } = record;
  return (
    <Section
      title={t('event')}
      tools={event !== null && <CopyButton label={t('copyJson')} text={() => JSON.stringify(event, null, 2)} />}
    >
      {record.truncated && <p class="note">{t('truncated')}</p>}
      {event === null ? (
        <p class="note">{t('noEvent')}</p>
      ) : (
        <JsonTree value={event} label={t('event')} marks={marks} target={target} />
      )}
    </Section>
  );
}

function AttributesSection({ record }: { record: Record }) {
  const panel = usePanel();
  const context = panel.log.loads.find(({ load }) => load === record.page.load)?.context ?? null;
  const attributes = attributesOfRecord(record, context);
  if (!attributes) return null;
  return (
    <Section title={t('attributes')}>
      <AttributesTable attributes={attributes} />
    </Section>
  );
}

function ContextSection({ record }: { record: Record }) {
  const facts: [label: string, value: string | null][] = [
    [t('client'), record.clientVersion === null ? record.client : `${record.client} ${record.clientVersion}`],
    [t('stream'), record.stream],
    [t('redirectedFrom'), record.redirectedFrom],
    [t('instrument'), record.instrument],
    [t('experiment'), record.experiment],
    [t('session'), record.session],
    [t('pageview'), record.pageview],
    [t('page'), record.page.url],
    [t('origin'), record.origin],
    [t('interaction'), record.interaction],
    [t('recordId'), record.id],
  ];
  return (
    <Section
      title={t('context')}
      tools={<CopyButton label={t('copyRecord')} text={() => JSON.stringify(record, null, 2)} />}
    >
      <dl class="facts">
        {facts.map(
          ([label, value]) =>
            value !== null && (
              <>
                <dt>{label}</dt>
                <dd>
                  <code>{visible(value, 500)}</code>
                </dd>
              </>
            ),
        )}
      </dl>
    </Section>
  );
}
