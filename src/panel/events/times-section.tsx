import type { Setter } from '../../platform/provenance.ts';
import type { Record } from '../../record/record.ts';
import { t } from '../i18n.ts';
import { Section } from '../shared/section.tsx';
import { clock, duration, visible } from '../shared/text.ts';
import { timesOf } from './times.ts';

const NAMES = {
  call: 'time_call',
  dt: null,
  client_dt: null,
  queuedUntil: 'time_queuedUntil',
  sent: 'time_sent',
  'meta.dt': null,
} as const;

/** The times of an event side by side: which is which, who set it, how far it is from the call. */
export function TimesSection({ record, setters }: { record: Record; setters: ReadonlyMap<string, Setter> }) {
  if (record.event === null) return null;
  const called = Date.parse(record.time);
  return (
    <Section title={t('timesTitle')}>
      <table class="times">
        <thead class="unseen">
          <tr>
            <th scope="col">{t('time_name')}</th>
            <th scope="col">{t('time_at')}</th>
            <th scope="col">{t('time_apart')}</th>
            <th scope="col">{t('time_by')}</th>
          </tr>
        </thead>
        <tbody>
          {timesOf(record, setters).map(({ name, at, by }) => {
            const key = NAMES[name];
            const apart = at === null ? NaN : Date.parse(at) - called;
            return (
              <tr key={name}>
                <th scope="row">{key === null ? <code>{name}</code> : t(key)}</th>
                <td title={visible(at ?? '', 100)}>{at === null ? '–' : clock(at)}</td>
                <td class="more">
                  {Number.isNaN(apart) || apart === 0 ? '' : `${apart < 0 ? '−' : '+'}${duration(Math.abs(apart))}`}
                </td>
                <td class="more">{by === null ? '–' : t(`by_${by}`)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}
