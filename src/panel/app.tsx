import { useEffect } from 'preact/hooks';
import { EventsView } from './events/events-view.tsx';
import { ExperimentsView } from './experiments/experiments-view.tsx';
import { EmptyState, emptiness } from './events/empty-state.tsx';
import { Undo } from './events/log-tools.tsx';
import { FindBar } from './find/find-bar.tsx';
import { t } from './i18n.ts';
import { IdentifiersView } from './identifiers/identifiers-view.tsx';
import { OverridesView } from './overrides/overrides-view.tsx';
import { OverrideBar } from './override-bar.tsx';
import { OverviewView } from './overview/overview-view.tsx';
import { SamplingView } from './sampling/sampling-view.tsx';
import { SessionsView } from './sessions/sessions-view.tsx';
import { Icon } from './shared/icon.tsx';
import { later } from './shared/later.tsx';
import { ReloadButton } from './shared/reload-button.tsx';
import { usePanel, usePanelState } from './shared/use-panel.ts';
import { visible } from './shared/text.ts';
import type { View } from './store/state.ts';
import { Toolbar } from './toolbar.tsx';
import './shell.css';

const VIEW = {
  overview: OverviewView,
  events: EventsView,
  timeline: later(async () => (await import('./timeline/timeline-view.tsx')).TimelineView),
  sampling: SamplingView,
  experiments: ExperimentsView,
  identifiers: IdentifiersView,
  overrides: OverridesView,
  catalogue: later(async () => (await import('./catalogue/catalogue-view.tsx')).CatalogueView),
  sessions: SessionsView,
  drafts: later(async () => (await import('./drafts/drafts-view.tsx')).DraftsView),
  settings: later(async () => (await import('./settings/settings-view.tsx')).SettingsView),
  tests: later(async () => (await import('./test-sessions/view.tsx')).TestSessions),
};

/** Views that list calls: the query is about them. */
const LISTS: readonly View[] = ['events', 'timeline'];

/** Views of what the page has: where nothing comes from it, they say why. */
const OF_PAGE: readonly View[] = ['timeline', 'sampling', 'experiments', 'identifiers', 'catalogue', 'sessions'];

export function App() {
  const panel = usePanel();
  const view = usePanelState(state => state.view);
  const nothing = usePanelState(state => emptiness(panel, state));
  const hasPage = nothing === null || nothing === 'client' || nothing === 'calls';
  const View = OF_PAGE.includes(view) && !hasPage ? EmptyState : VIEW[view];
  useEffect(() => {
    document.title = t('panelTitle');
  }, []);
  return (
    <>
      <Toolbar />
      <OverrideBar />
      <Stale />
      <Problem />
      <Undo />
      {LISTS.includes(view) && <FindBar />}
      <div id="view" class="view" role="tabpanel" aria-labelledby={`tab-${view}`}>
        <View />
      </div>
    </>
  );
}

/** What is here stays readable; nothing more will come. */
function Stale() {
  const connection = usePanelState(state => state.connection);
  if (connection !== 'stale') return null;
  return (
    <div class="bar problem" role="alert">
      <Icon name="warning" />
      <span class="grow">
        <b>{t('empty_staleTitle')}.</b> {t('empty_staleText')}
      </span>
      <ReloadButton />
    </div>
  );
}

function Problem() {
  const panel = usePanel();
  const problem = usePanelState(state => state.problem);
  if (problem === null) return null;
  return (
    <div class="bar problem" role="alert">
      <Icon name="warning" />
      <span class="grow">{visible(problem, 1_000)}</span>
      <button type="button" class="button quiet" aria-label={t('dismiss')} onClick={() => panel.dismiss()}>
        <Icon name="close" />
      </button>
    </div>
  );
}
