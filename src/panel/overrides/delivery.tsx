import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DeliveryPolicy } from '../../record/override.ts';
import { t } from '../i18n.ts';
import { hour } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { DeliverDialog } from './deliver-dialog.tsx';
import { FieldError } from './field.tsx';
import { POLICIES, targetOf } from './policies.ts';

/** What happens to events, and when all of it ends. */
export function Delivery() {
  const panel = usePanel();
  const override = usePanelState(state => state.override);
  const dialog = useRef<HTMLDialogElement>(null);
  const [asked, setAsked] = useState<DeliveryPolicy | null>(null);
  const group = useRef<HTMLDivElement>(null);
  const [, redraw] = useState({});
  const policy = override?.policy ?? 'hold-forced';
  const shown = asked ?? policy;

  // What is asked for is not in force yet: what is shown stays what is.
  useLayoutEffect(() => {
    for (const input of group.current?.querySelectorAll('input') ?? []) input.checked = input.value === shown;
  });

  function choose(next: DeliveryPolicy): void {
    setAsked(next === 'redirect' ? next : null);
    if (next === 'deliver') dialog.current?.showModal();
    else if (next !== 'redirect') void panel.policy(next);
  }

  return (
    <section aria-labelledby="delivery-title">
      <h2 id="delivery-title">{t('deliveryTitle')}</h2>
      <div ref={group} role="radiogroup" aria-labelledby="delivery-title" class="choices">
        {POLICIES.map(({ policy: of, key }) => (
          <label key={of} class="choice">
            <input
              type="radio"
              name="policy"
              value={of}
              checked={of === shown}
              onChange={() => {
                choose(of);
                redraw({});
              }}
            />
            <span>
              <b>{t(`policy_${key}`)}</b> <span class="more">{t(`policy_${key}_hint`)}</span>
            </span>
          </label>
        ))}
      </div>
      {shown === 'redirect' && <Redirect target={override?.target ?? ''} onDone={() => setAsked(null)} />}
      <DeliverDialog dialog={dialog} />
      <End />
    </section>
  );
}

function Redirect({ target, onDone }: { target: string; onDone: () => void }) {
  const panel = usePanel();
  const [text, setText] = useState(target);
  const [wrong, setWrong] = useState(false);
  const id = useId();

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    const address = targetOf(text);
    setWrong(address === null);
    if (address !== null && (await panel.policy('redirect', address))) onDone();
  }

  return (
    <form class="inline" onSubmit={event => void save(event)} noValidate>
      <label for={id}>{t('redirectAddress')}</label>
      <input
        id={id}
        type="url"
        class="wide"
        placeholder="http://localhost:8192/v1/events"
        value={text}
        aria-invalid={wrong}
        aria-describedby={`${id}-error`}
        onInput={event => setText(event.currentTarget.value)}
      />
      <button class="button">{t('redirectSave')}</button>
      <FieldError id={`${id}-error`} message={wrong ? t('redirectWrong') : null} />
    </form>
  );
}

const MINUTE = 60_000;
const LASTS = [15, 60, 4 * 60, 8 * 60, 24 * 60] as const;

function End() {
  const panel = usePanel();
  const override = usePanelState(state => state.override);
  const lasts = usePanelState(state => state.lasts);
  const words = (minutes: number) =>
    minutes < 60 ? t('lastsMinutes', minutes) : minutes === 60 ? t('lastsHour') : t('lastsHours', minutes / 60);
  return (
    <p class="inline">
      <label>
        {t('lasts')}{' '}
        <select
          data-field="lasts"
          value={lasts / MINUTE}
          onChange={event => void panel.endIn(Number(event.currentTarget.value) * MINUTE)}
        >
          {LASTS.map(minutes => (
            <option key={minutes} value={minutes} selected={minutes * MINUTE === lasts}>
              {words(minutes)}
            </option>
          ))}
        </select>
      </label>
      {override && <span class="more">{t('lastsUntil', hour(override.until))}</span>}
    </p>
  );
}
