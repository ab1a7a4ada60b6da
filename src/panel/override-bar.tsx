import { useRef } from 'preact/hooks';
import { plural, t } from './i18n.ts';
import type { DeliveryPolicy } from '../record/override.ts';
import { Icon } from './shared/icon.tsx';
import { clock } from './shared/text.ts';
import { usePanel, usePanelState } from './shared/use-panel.ts';
import { ruleText } from './sampling/rules.ts';

const POLICIES: DeliveryPolicy[] = ['hold-forced', 'hold-all', 'deliver'];

/** Seen in every view while an override is in force: what, until when, what happens to events, and the way out. */
export function OverrideBar() {
  const panel = usePanel();
  const override = usePanelState(state => state.override);
  const overriding = usePanelState(state => state.overriding);
  const dialog = useRef<HTMLDialogElement>(null);
  const select = useRef<HTMLSelectElement>(null);
  if (!override) return null;

  const { rules, policy, until } = override;
  const names = rules.map(ruleText);

  /** Forced events that are delivered end up in production's data: that is asked for once more. */
  function choose(next: DeliveryPolicy): void {
    if (next === 'deliver') dialog.current?.showModal();
    else void panel.policy(next);
    if (select.current) select.current.value = policy;
  }

  return (
    <div class="bar override" role="status" aria-busy={overriding}>
      <Icon name="forced" />
      <span class="what" title={names.join('\n')}>
        <b>{plural('overrideRules', rules.length)}</b> <span class="names">{names.slice(0, 3).join(' · ')}</span>
      </span>
      <span class="until">{t('overrideUntil', clock(until).slice(0, 5))}</span>
      <label>
        <span class="wide-only">{t('policy')}</span>
        <select
          ref={select}
          aria-label={t('policy')}
          value={policy}
          data-policy={policy}
          onChange={event => choose(event.currentTarget.value as DeliveryPolicy)}
        >
          {POLICIES.map(of => (
            <option key={of} value={of} selected={of === policy}>
              {t(`policy_${of.replace('-', '_') as 'deliver' | 'hold_forced' | 'hold_all'}`)}
            </option>
          ))}
        </select>
      </label>
      <span class="hint grow">{t('overrideReload')}</span>
      <button type="button" class="button" disabled={overriding} onClick={() => void panel.everythingOff()}>
        {t('everythingOff')}
      </button>
      <dialog ref={dialog} aria-labelledby="deliver-title">
        <h2 id="deliver-title">{t('deliverTitle')}</h2>
        <p>{t('deliverText')}</p>
        <form method="dialog" class="actions">
          <button class="button">{t('cancel')}</button>
          <button class="button danger" onClick={() => void panel.policy('deliver')}>
            {t('deliverConfirm')}
          </button>
        </form>
      </dialog>
    </div>
  );
}
