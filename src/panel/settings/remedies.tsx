import type { Remedy } from '../../validation/types.ts';
import { t } from '../i18n.ts';
import { visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';

/**
 * A button for each thing that can be done about a failure. The permission is asked for in a page of its own: Firefox's
 * DevTools pages have no `permissions`.
 */
export function Remedies({ remedies }: { remedies: readonly Remedy[] }) {
  const panel = usePanel();
  const origins = new Set(remedies.flatMap(remedy => (remedy.do === 'ask-permission' ? [remedy.origin] : [])));
  return (
    <>
      {[...origins].map(origin => (
        <a
          key={origin}
          class="button primary"
          href={`popup.html?origin=${encodeURIComponent(origin)}`}
          target="_blank"
          rel="noreferrer"
        >
          {t('allowHost', visible(origin, 100))}
        </a>
      ))}
      {remedies.length > 0 && (
        <button type="button" class="button" onClick={() => panel.readAgain()}>
          {t('tryAgain')}
        </button>
      )}
    </>
  );
}
