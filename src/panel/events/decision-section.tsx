import { compare } from '../../platform/explain/compare.ts';
import type { Record, Sampling } from '../../record/record.ts';
import { explainDecision, explainDisagreement, samplingClient } from '../explain.ts';
import { t } from '../i18n.ts';
import { Identifier } from '../shared/name.tsx';
import { SamplingBar } from '../shared/sampling-bar.tsx';
import { Section } from '../shared/section.tsx';
import { rateText, visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { decisionCell } from './cells.ts';

/** Why the client did what it did: the rule in numbers, from where on it would be otherwise, and who decides otherwise. */
export function DecisionSection({ record }: { record: Record }) {
  const panel = usePanel();
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
          {sampling.value !== null && sampling.population === undefined && (
            <p class="note">{t('samplingFrom', rateText(sampling.value))}</p>
          )}
          <Elsewhere sampling={sampling} />
          <p>
            <button type="button" class="link" onClick={() => panel.show('sampling')}>
              {t('samplingWhatIf')}
            </button>
          </p>
        </>
      )}
    </Section>
  );
}

/** Nothing to be shown where nothing is sampled: the sentence says so. */
function isSampled({ unit, rate, id }: Sampling): boolean {
  return unit !== null || rate !== null || id !== null;
}

/** Which clients of other platforms would do otherwise with the same identifier and the same sampling. */
function Elsewhere({ sampling: { unit, rate, id, population } }: { sampling: Sampling }) {
  if (unit === null || id === null || population !== undefined) return null;
  const config = { sample: { unit, rate }, producers: { metrics_platform_client: {} } };
  const others = compare(config, { [unit]: id }).clients.flatMap(({ client, disagrees }) =>
    disagrees ? [{ client, code: disagrees.code }] : [],
  );
  if (others.length === 0) return null;
  return (
    <details>
      <summary>{t('samplingElsewhere')}</summary>
      <ul class="plain">
        {others.map(({ client, code }) => (
          <li key={client}>
            <b>{samplingClient(client)}</b> {explainDisagreement(code)}
          </li>
        ))}
      </ul>
    </details>
  );
}
