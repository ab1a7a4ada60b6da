import { useEffect, useState } from 'preact/hooks';
import { parseEnrollments } from '../../platform/enrollment.ts';
import { exposuresOf } from '../../platform/exposure-log.ts';
import type { JsonObject } from '../../record/record.ts';
import { number, t } from '../i18n.ts';
import { clock, visible } from '../shared/text.ts';
import type { SeenExperiment } from './experiments.ts';

/** What the response's header enrolls, as it stands: one malformed part discards all of it. */
export function Header({ raw }: { raw: string | undefined }) {
  if (raw === undefined) return null;
  const isMalformed = raw !== '' && parseEnrollments(raw, '=') === null;
  return (
    <p class="note">
      <code>Server-Timing: WMF-Uniq</code> {raw === '' ? t('headerEmpty') : <code>{visible(raw, 1_000)}</code>}
      {isMalformed && <b data-tone="error"> {t('headerMalformed')}</b>}
    </p>
  );
}

/** Which exposures of an experiment the tab remembers, and what that means for the next one. */
export function ExposureLog({
  experiment: { exposures, exposureKey, aside, silences },
}: {
  experiment: SeenExperiment;
}) {
  const next = exposures.find(({ key }) => key === exposureKey);
  return (
    <>
      {exposures.length === 0 && t('exposureNone')}
      {exposures.length > 0 && (
        <ul class="plain">
          {exposures.map(({ key, state, expires, count }) => (
            <li key={key} data-exposure={state}>
              <code>{visible(key, 200)}</code>{' '}
              <b data-tone={state === 'malformed' ? 'error' : 'quiet'}>{t(`exposure_${state}`)}</b>
              {expires !== null && ` ${t('exposureUntil', clock(expires))}`}
              {count !== null && ` · ${t('exposureCount', number(count))}`}
              {aside.includes(key) && ` · ${t('exposureAside')}`}
            </li>
          ))}
        </ul>
      )}
      {exposureKey !== null && (
        <p class="more">
          {silences.sendExposure === 'exposure-already-sent' && next?.expires != null
            ? t('exposureSuppressed', clock(next.expires))
            : t('exposureNext', visible(exposureKey, 200))}
        </p>
      )}
    </>
  );
}

/** The classes by which the server marks the body, against what its own enrollments say. */
export function BodyClasses({ experiment: { classes } }: { experiment: SeenExperiment }) {
  if (classes === null) return <>{t('unknown')}</>;
  const { expected, missing, unexpected } = classes;
  if (expected.length === 0 && unexpected.length === 0) return <>{t('classesNone')}</>;
  return (
    <ul class="plain">
      {expected.map(name => (
        <Class
          key={name}
          name={name}
          tone={missing.includes(name) ? 'warning' : 'good'}
          what={missing.includes(name) ? 'classMissing' : 'classThere'}
        />
      ))}
      {unexpected.map(name => (
        <Class key={name} name={name} tone="warning" what="classUnexpected" />
      ))}
    </ul>
  );
}

interface ClassProps {
  name: string;
  tone: 'good' | 'warning';
  what: 'classThere' | 'classMissing' | 'classUnexpected';
}

const Class = ({ name, tone, what }: ClassProps) => (
  <li data-class={what}>
    <code>{visible(name, 200)}</code> <span data-tone={tone}>{t(what)}</span>
  </li>
);

/** The time, which goes on when the next of these entries expires. */
export function useExpiry(log: JsonObject | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const read = Date.now();
    setNow(read);
    const texts = Object.entries(log ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    const ends = exposuresOf(Object.fromEntries(texts), read).flatMap(({ state, expires }) =>
      state === 'live' && expires !== null ? expires : [],
    );
    if (ends.length === 0) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(...ends) - read + 1);
    return () => clearTimeout(timer);
  }, [log]);
  return now;
}
