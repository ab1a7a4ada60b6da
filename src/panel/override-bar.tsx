import { useRef } from 'preact/hooks';
import { plural, t } from './i18n.ts';
import type { DeliveryPolicy } from '../record/override.ts';
import { DeliverDialog } from './overrides/deliver-dialog.tsx';
import { POLICIES } from './overrides/policies.ts';
import { Icon } from './shared/icon.tsx';
import { hour, shortUrl, visible } from './shared/text.ts';
import { usePanel, usePanelState } from './shared/use-panel.ts';
import { ruleText } from './sampling/rules.ts';
import './override-bar.css';

/** Seen in every view while an override is in force: what, until when, what happens to events, and the way out. */
export function OverrideBar() {
  const panel = usePanel();
  const override = usePanelState(state => state.override);
  const overriding = usePanelState(state => state.overriding);
  const dialog = useRef<HTMLDialogElement>(null);
  const select = useRef<HTMLSelectElement>(null);
  if (!override) return null;

  const { rules, policy, until, target } = override;
  const names = rules.map(ruleText);

  /** Forced events that are delivered end up in production's data: that is asked for once more. An address is written in its own view. */
  function choose(next: DeliveryPolicy): void {
    if (next === 'deliver') dialog.current?.showModal();
    else if (next === 'redirect') panel.show('overrides');
    else void panel.policy(next);
    if (select.current) select.current.value = policy;
  }

  return (
    <div class="bar override" role="status" aria-busy={overriding}>
      <Icon name="forced" />
      <span class="what" title={names.join('\n')}>
        <b>{plural('overrideRules', rules.length)}</b> <span class="names">{names.slice(0, 3).join(' · ')}</span>
      </span>
      <span class="until">{t('overrideUntil', hour(until))}</span>
      <label>
        <span class="wide-only">{t('policy')}</span>
        <select
          ref={select}
          aria-label={t('policy')}
          value={policy}
          data-policy={policy}
          onChange={event => choose(event.currentTarget.value as DeliveryPolicy)}
        >
          {POLICIES.map(({ policy: of, key }) => (
            <option key={of} value={of} selected={of === policy}>
              {t(`policy_${key}`)}
            </option>
          ))}
        </select>
      </label>
      {policy === 'redirect' && target !== undefined && (
        <span class="target" title={visible(target, 1_000)}>
          {t('redirectTo', visible(shortUrl(target), 80))}
        </span>
      )}
      <span class="hint grow">{t('overrideReload')}</span>
      <button type="button" class="button" disabled={overriding} onClick={() => void panel.everythingOff()}>
        {t('everythingOff')}
      </button>
      <DeliverDialog dialog={dialog} />
    </div>
  );
}
