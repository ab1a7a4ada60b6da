import { useEffect, useRef } from 'preact/hooks';
import { LogTools } from './events/log-tools.tsx';
import { direction, number, plural, t } from './i18n.ts';
import { Keys } from './keys/keys-dialog.tsx';
import { Icon, type IconName } from './shared/icon.tsx';
import { useOverflow } from './shared/use-overflow.ts';
import { usePanel, usePanelState } from './shared/use-panel.ts';
import { type View, VIEWS } from './store/state.ts';

export function Toolbar() {
  const panel = usePanel();
  return (
    <header class="toolbar">
      <Tabs />
      <Counts />
      <Connection />
      <LogTools />
      <Tool icon="flush" label={t('flush')} hint={t('flushHint')} onClick={() => panel.flush()} />
      <Tool icon="clear" label={t('clear')} hint={t('clearHint')} onClick={() => panel.clear()} />
      <OwnTab />
      <Keys />
    </header>
  );
}

/** The same panel as a page, for a second screen; the page has no such link itself. */
function OwnTab() {
  const { tab } = usePanel();
  if (location.search !== '') return null;
  return (
    <a
      class="button quiet tool"
      href={`panel.html?tab=${tab}`}
      target="_blank"
      rel="noreferrer"
      title={t('ownTab')}
      aria-label={t('ownTab')}
    >
      <Icon name="window" />
    </a>
  );
}

function Tool({ icon, label, hint, onClick }: { icon: IconName; label: string; hint: string; onClick: () => void }) {
  return (
    <button type="button" class="button quiet tool" title={hint} aria-label={label} onClick={onClick}>
      <Icon name={icon} />
      <span class="wide-only">{label}</span>
    </button>
  );
}

/** Tabs as https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ has them: one stop of the tab key, arrows between them. */
function Tabs() {
  const panel = usePanel();
  const view = usePanelState(state => state.view);
  const row = useRef<HTMLDivElement>(null);
  useOverflow(row);

  function onKeyDown(event: KeyboardEvent): void {
    const ahead = direction() === 'rtl' ? -1 : 1;
    const at = VIEWS.indexOf(view);
    const places: { [key: string]: number } = { ArrowRight: at + ahead, ArrowLeft: at - ahead, Home: 0, End: -1 };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    const next = VIEWS.at(place % VIEWS.length) ?? view;
    panel.show(next);
    document.getElementById(`tab-${next}`)?.focus();
  }

  useEffect(
    () => document.getElementById(`tab-${view}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    [view],
  );

  const label = (of: View) => t(`view_${of}`);
  return (
    <div class="tabs" ref={row} role="tablist" aria-label={t('views')} onKeyDown={onKeyDown}>
      {VIEWS.map(of => (
        <button
          type="button"
          key={of}
          id={`tab-${of}`}
          role="tab"
          aria-selected={of === view}
          aria-controls="view"
          tabIndex={of === view ? 0 : -1}
          onClick={() => panel.show(of)}
        >
          {label(of)}
        </button>
      ))}
    </div>
  );
}

function Counts() {
  const { records, dropped, refused } = usePanelState(state => state.counts);
  return (
    <span class="counts grow">
      <span>{plural('calls', records)}</span>
      {dropped > 0 && (
        <span class="wide-only" data-tone="warning">
          {t('countDropped', number(dropped))}
        </span>
      )}
      {refused > 0 && (
        <span class="wide-only" data-tone="error">
          {t('countRefused', number(refused))}
        </span>
      )}
    </span>
  );
}

function Connection() {
  const connection = usePanelState(state => state.connection);
  const text = t(`connection_${connection}`);
  return (
    <span class="connection" data-state={connection} title={text} role="status">
      <span class="dot" />
      <span class={connection === 'connected' ? 'unseen' : ''}>{text}</span>
    </span>
  );
}
