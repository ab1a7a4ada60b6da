import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { usePanel } from '../shared/use-panel.ts';

/** Loaded when it is first shown: it brings a reader of YAML, and what reads and writes files. */
export function TestsView() {
  const panel = usePanel();
  const [View, setView] = useState<ComponentType | null>(null);
  useEffect(() => {
    import('./view.tsx').then(
      ({ TestSessions }) => setView(() => TestSessions),
      (error: unknown) => panel.state.setState({ problem: String(error) }),
    );
  }, []);
  return View ? <View /> : <p role="status">{t('testsLoading')}</p>;
}
