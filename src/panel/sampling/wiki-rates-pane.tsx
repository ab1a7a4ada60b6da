import { useId, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { rateText, visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import type { Target } from './rules.ts';
import { type RateRow, ratesOf, TEST_KITCHEN, WIKIS } from './wiki-rates.ts';

/** The rate of one stream or instrument on other wikis, side by side. Asks nobody before it is told to. */
export function WikiRates({ target }: { target: Target }) {
  const panel = usePanel();
  const isStream = target.kind === 'stream';
  const [source, setSource] = useState(isStream ? WIKIS : TEST_KITCHEN);
  const [rows, setRows] = useState<RateRow[] | null>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();

  async function read(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setRows(await ratesOf(target, source, panel.read));
    setBusy(false);
  }

  return (
    <section>
      <h3>{t('wikiRates')}</h3>
      <form class="field" onSubmit={event => void read(event)}>
        <label for={id}>{t(isStream ? 'wikiRatesWikis' : 'wikiRatesApi')}</label>
        <div class="inline">
          <input
            id={id}
            class="wide"
            data-field="wikis"
            autocomplete="off"
            spellcheck={false}
            value={source}
            onInput={event => setSource(event.currentTarget.value)}
          />
          <button class="button" data-action="read-rates" disabled={busy}>
            {t('wikiRatesRead')}
          </button>
        </div>
      </form>
      {rows && (
        <table class="compared rates" aria-live="polite">
          <tbody>
            {rows.map(({ wiki, unit, rate, why }) => (
              <tr key={wiki}>
                <th scope="row">{wiki === null ? t('wikiRatesDefault') : <bdi>{visible(wiki, 80)}</bdi>}</th>
                <td>{rate === null ? '–' : rateText(rate)}</td>
                <td class="more">{why === null ? visible(unit ?? '', 40) : t(WHY[why])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const WHY = {
  'not-configured': 'wikiRatesUnknown',
  malformed: 'wikiRatesMalformed',
  unread: 'wikiRatesUnread',
} as const;
