import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { Details } from './details.tsx';
import { EventList } from './event-list.tsx';
import './events.css';

export function EventsView() {
  const open = usePanelState(state => state.open);
  const selected = usePanelState(state => state.selected);
  const entered = usePanelState(state => state.entered);
  const panel = usePanel();
  const record = open ? panel.record(selected) : null;
  const pane = useRef<HTMLElement>(null);

  /** Opened by Enter in the list, the details are where the next key goes. */
  const before = useRef(entered);
  useLayoutEffect(() => {
    if (entered !== before.current) pane.current?.focus();
    before.current = entered;
  }, [entered]);

  return (
    <div class="events" data-details={record !== null}>
      <EventList />
      {record && <Details key={record.id} record={record} pane={pane} />}
    </div>
  );
}
