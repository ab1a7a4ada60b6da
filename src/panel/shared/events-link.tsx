import { t } from '../i18n.ts';
import { usePanel } from './use-panel.ts';

/** Shows the calls that a query finds, in the list of events. */
export function EventsLink({ query }: { query: string }) {
  const panel = usePanel();
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        panel.find(query);
        panel.show('events');
      }}
    >
      {t('overviewGo', t('view_events'))}
    </button>
  );
}
