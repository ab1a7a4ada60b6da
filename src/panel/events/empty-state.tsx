import type { MessageKey } from '../i18n.ts';
import { t } from '../i18n.ts';
import { ReloadButton } from '../shared/reload-button.tsx';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import type { Panel } from '../store.ts';
import type { PanelState } from '../store/state.ts';

type Emptiness = 'stale' | 'connecting' | 'host' | 'waiting' | 'client' | 'calls';

/** Why nothing is to be seen; null where there is something. */
export function emptiness(panel: Panel, { connection, host }: PanelState): Emptiness | null {
  if (panel.log.records.length > 0) return null;
  if (connection === 'stale') return 'stale';
  const load = panel.current();
  if (!load && host.state === 'missing') return 'host';
  if (connection === 'connecting') return 'connecting';
  if (!load) return 'waiting';
  return load.context && load.context.clients.length > 0 ? 'calls' : 'client';
}

/** Says why the list is empty and what to do next. It is never blank. */
export function EmptyState() {
  const panel = usePanel();
  usePanelState(state => state.revision);
  const state = usePanelState(state => state);
  const why = emptiness(panel, state);
  if (!why) return null;
  const origin = state.host.origin ?? '';
  const text = (part: 'Title' | 'Text') => t(`empty_${why}${part}` as MessageKey, visible(origin));
  return (
    <div class="empty" data-why={why} role="status">
      <h2>{text('Title')}</h2>
      <p>{text('Text')}</p>
      {why === 'stale' && <ReloadButton />}
      {why === 'host' && (
        <a
          class="button primary"
          href={`popup.html?origin=${encodeURIComponent(origin)}`}
          target="_blank"
          rel="noreferrer"
        >
          {t('allowHost', visible(origin))}
        </a>
      )}
    </div>
  );
}
