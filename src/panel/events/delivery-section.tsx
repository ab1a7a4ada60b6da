import { DISAGREES } from '../../log/answers.ts';
import type { DeliveryState } from '../../record/lists.ts';
import type { Record } from '../../record/record.ts';
import { explainDelivery } from '../explain.ts';
import { t } from '../i18n.ts';
import { JsonTree } from '../shared/json-tree.tsx';
import { Section } from '../shared/section.tsx';
import { clock, duration, visible } from '../shared/text.ts';
import { deliveryCell } from './cells.ts';

/** Where a way ends without an answer. */
const ENDS: readonly DeliveryState[] = ['held', 'redirected', 'refused', 'blocked', 'lost'];

/** The event's way, step by step, and what the intake said. */
export function DeliverySection({ record }: { record: Record }) {
  const { checks, delivery, time } = record;
  const { state, status } = delivery;
  const steps: [label: string, at: string | null][] = [
    [t('stepCalled'), time],
    [t('stepQueued'), delivery.sentAt === null ? delivery.queuedUntil : null],
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
        {status !== null && (
          <li>
            <span class="time" /> {t('stepAnswered', status)}
          </li>
        )}
        {ENDS.includes(state) && (
          <li data-end>
            <span class="time" /> {state}
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
