import type { Ref } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { type Origin, settersOf } from '../../platform/provenance.ts';
import type { Record } from '../../record/record.ts';
import { FindingsSection } from '../checks/findings-section.tsx';
import { marksOf, nearest } from '../checks/marks.ts';
import { VerdictSection } from '../checks/verdict-section.tsx';
import { wantedOf } from '../checks/wanted.ts';
import { t } from '../i18n.ts';
import { isRefused } from '../refused.ts';
import { Icon } from '../shared/icon.tsx';
import { Name } from '../shared/name.tsx';
import { Section } from '../shared/section.tsx';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import type { Panel } from '../store.ts';
import { AttributesTable } from './attributes-table.tsx';
import { attributesOfRecord } from './attributes.ts';
import { subjectOf } from './cells.ts';
import { DecisionSection } from './decision-section.tsx';
import { DeliverySection } from './delivery-section.tsx';
import { EventSection } from './event-section.tsx';
import { NeighboursSection } from './neighbours-section.tsx';
import { TimesSection } from './times-section.tsx';
import './details.css';

/** What tells who set which member of its event. */
function originOf({ log, indexOf }: Panel, { id, api, time, client, instrument, experiment }: Record): Origin {
  const ofObject = instrument !== null || experiment !== null;
  return { api: client === 'unknown' ? '' : api, passed: log.passed(indexOf(id)), time, ofObject };
}

/** Everything that is known of one record. */
export function Details({ record, pane }: { record: Record; pane: Ref<HTMLElement> }) {
  const panel = usePanel();
  usePanelState(state => state.selectedRevision);
  const muted = usePanelState(state => state.muted);
  const [target, setTarget] = useState<{ path: string } | null>(null);
  const wanted = wantedOf(record, muted);
  const { event, verdict, checks } = record;
  const marks = useMemo(() => marksOf(record, wanted.shown), [event, verdict, checks, muted]);
  const setters = useMemo(() => settersOf(event, originOf(panel, record)), [event]);
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
      <EventSection record={record} marks={marks} target={target} setters={setters} />
      <TimesSection record={record} setters={setters} />
      <AttributesSection record={record} />
      <NeighboursSection record={record} />
      <OriginSection record={record} />
      <ContextSection record={record} />
    </aside>
  );
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
    [t('recordId'), record.id],
  ];
  return (
    <Section title={t('context')}>
      <Facts of={facts} />
    </Section>
  );
}

/** Where in the page's code the call was made, after what the user did. */
function OriginSection({ record: { page, origin, interaction } }: { record: Record }) {
  return (
    <Section title={t('originTitle')}>
      <Facts
        of={[
          [t('page'), page.url],
          [t('origin'), origin],
          [t('interaction'), interaction],
        ]}
      />
    </Section>
  );
}

function Facts({ of }: { of: readonly (readonly [label: string, value: string | null])[] }) {
  return (
    <dl class="facts">
      {of.map(
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
  );
}
