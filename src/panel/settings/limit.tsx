import { t } from '../i18n.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';

const MEGABYTE = 1_000_000;

/** How much the log keeps. */
export function LimitSettings() {
  const panel = usePanel();
  const limit = usePanelState(state => state.limit);
  const fields = [
    { label: t('limitRecords'), value: limit.records, min: 1_000, to: (records: number) => ({ ...limit, records }) },
    {
      label: t('limitSize'),
      value: Math.round(limit.size / MEGABYTE),
      min: 1,
      to: (size: number) => ({ ...limit, size: size * MEGABYTE }),
    },
  ];
  return (
    <section class="limit">
      <h2>{t('limit')}</h2>
      <p class="note">{t('limitText')}</p>
      {fields.map(({ label, value, min, to }) => (
        <label key={label}>
          <span>{label}</span>
          <input
            type="number"
            min={min}
            value={value}
            onChange={event => {
              const next = Math.round(event.currentTarget.valueAsNumber);
              if (next >= min) panel.limit(to(next));
              else event.currentTarget.value = String(value);
            }}
          />
        </label>
      ))}
    </section>
  );
}
