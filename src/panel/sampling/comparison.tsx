import type { Comparison as Compared } from '../../platform/explain/compare.ts';
import { explainDisagreement, explainVerdictOf, explainWhy, samplingClient } from '../explain.ts';
import { t } from '../i18n.ts';

/** What each client does with the same config and identifiers, and where one breaks the promise that all do the same. */
export function Comparison({ comparison: { clients, agree } }: { comparison: Compared }) {
  return (
    <section>
      <h3>{t('compare')}</h3>
      <p>{t(agree.asIs ? 'compareAgree' : 'compareDisagree')}</p>
      <table class="compared">
        <tbody>
          {clients.map(({ client, platform, asIs, asMeant, disagrees }) => (
            <tr key={client} data-disagrees={disagrees !== null}>
              <th scope="row">
                {samplingClient(client)} <span class="more">{t(`platform_${platform}`)}</span>
              </th>
              <td data-verdict={asIs.verdict}>{explainVerdictOf(asIs)}</td>
              <td>
                {disagrees ? <b data-tone="warning">{explainDisagreement(disagrees.code)}</b> : explainWhy(asIs)}
                {disagrees && !disagrees.byRule && asMeant.verdict !== asIs.verdict && (
                  <span class="more"> {t('compareMeant', explainVerdictOf(asMeant))}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
