import { useEffect, useState } from 'preact/hooks';
import type { Override } from '../../record/override.ts';
import { plural, t } from '../i18n.ts';
import { ruleText } from '../sampling/rules.ts';
import { Icon } from '../shared/icon.tsx';
import { Name } from '../shared/name.tsx';
import { hour, visible } from '../shared/text.ts';
import { type RecordingActions, RecordingState } from './recording.tsx';

/** What the popup is about: the tab under it, as far as the extension may know it. */
export interface PopupTab {
  id: number | null;
  /** The page's origin; null where the browser does not tell it to an extension without permission. */
  origin: string | null;
}

export interface PopupActions {
  recording: RecordingActions;
  override(tab: number): Promise<Override | null>;
  clear(tab: number): Promise<void>;
  granted(origin: string): Promise<boolean>;
  /** Asks the user; must be called from a click. */
  request(origin: string): Promise<boolean>;
}

export function PopupView({ tab, actions }: { tab: PopupTab; actions: PopupActions }) {
  return (
    <main class="popup">
      <h1>{t('name')}</h1>
      {tab.id !== null && <OverrideState tab={tab.id} actions={actions} />}
      {tab.id !== null && <RecordingState tab={tab.id} actions={actions.recording} />}
      <Permission origin={tab.origin} actions={actions} />
      <p class="note">{t('popupHowTo')}</p>
      {tab.id !== null && (
        <a class="button" href={`panel.html?tab=${tab.id}`} target="_blank" rel="noreferrer">
          <Icon name="window" /> {t('ownTab')}
        </a>
      )}
    </main>
  );
}

function OverrideState({ tab, actions }: { tab: number; actions: PopupActions }) {
  const [override, setOverride] = useState<Override | null | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const load = () => actions.override(tab).then(setOverride, failed);
  const failed = (error: unknown) => setProblem(error instanceof Error ? error.message : String(error));
  useEffect(() => void load(), [tab]);

  if (problem !== null) return <p role="alert">{visible(problem, 500)}</p>;
  if (override === undefined) return null;
  if (override === null) return <p>{t('popupNoOverride')}</p>;
  return (
    <section class="in-force">
      <p>
        <Icon name="forced" /> <b>{plural('overrideRules', override.rules.length)}</b>{' '}
        {t('overrideUntil', hour(override.until))}
      </p>
      <ul class="plain">
        {override.rules.slice(0, 8).map((rule, index) => (
          <li key={index}>
            <Name name={ruleText(rule)} />
          </li>
        ))}
      </ul>
      <button type="button" class="button primary" onClick={() => void actions.clear(tab).then(load, failed)}>
        {t('everythingOff')}
      </button>
    </section>
  );
}

function Permission({ origin, actions }: { origin: string | null; actions: PopupActions }) {
  const [granted, setGranted] = useState<boolean | null>(null);
  const [typed, setTyped] = useState('');
  const asked = origin ?? originOf(typed);
  useEffect(() => {
    setGranted(null);
    if (asked !== null) void actions.granted(asked).then(setGranted);
  }, [asked]);

  return (
    <section>
      {origin === null && (
        <label>
          {t('popupSite')}
          <input
            type="url"
            placeholder="https://wiki.example"
            value={typed}
            onInput={event => setTyped(event.currentTarget.value)}
          />
        </label>
      )}
      {asked !== null && granted === true && (
        <p data-tone="good">
          <Icon name="accepted" /> {t('popupGranted', visible(asked, 100))}
        </p>
      )}
      {asked !== null && granted === false && (
        <>
          <p>{t('popupMissing', visible(asked, 100))}</p>
          <button type="button" class="button primary" onClick={() => void actions.request(asked).then(setGranted)}>
            {t('allowHost', visible(asked, 100))}
          </button>
        </>
      )}
    </section>
  );
}

/** The origin of what the user typed or a page's address; null where it is none that a permission can be asked for. */
export function originOf(url: string | null | undefined): string | null {
  try {
    const { protocol, origin } = new URL(url ?? '');
    return /^https?:$/.test(protocol) ? origin : null;
  } catch {
    return null;
  }
}
