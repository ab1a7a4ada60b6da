import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { usePanel } from './use-panel.ts';

/** A view whose code is loaded when it is first shown: what most do not open at first does not hold up the first picture. */
export function later(load: () => Promise<ComponentType>): ComponentType {
  let loaded: ComponentType | null = null;
  return function Later() {
    const panel = usePanel();
    const [View, setView] = useState<ComponentType | null>(() => loaded);
    useEffect(() => {
      load().then(
        view => {
          loaded = view;
          setView(() => view);
        },
        (error: unknown) => panel.state.setState({ problem: String(error) }),
      );
    }, []);
    return View ? (
      <View />
    ) : (
      <p class="loading" role="status">
        {t('loading')}
      </p>
    );
  };
}
