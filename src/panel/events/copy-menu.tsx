import { useId } from 'preact/hooks';
import type { Record } from '../../record/record.ts';
import { t } from '../i18n.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { Icon } from '../shared/icon.tsx';
import { usePanel } from '../shared/use-panel.ts';
import { callOf, curlOf, jsonOf } from './copies.ts';

/** The event for elsewhere: a file, a shell, a page's console, a test plan. */
export function CopyMenu({ record }: { record: Record }) {
  const panel = usePanel();
  const id = useId();
  const load = panel.log.loads.find(one => one.load === record.page.load);
  const intake = typeof load?.context?.intake === 'string' ? load.context.intake : null;
  const passed = () => panel.log.passed(panel.indexOf(record.id));
  return (
    <>
      <button type="button" class="button quiet" popovertarget={id}>
        <Icon name="copy" />
        {t('copyAs')}
      </button>
      <div id={id} popover="auto" class="menu" role="dialog" aria-label={t('copyAs')}>
        <h2>{t('copyAs')}</h2>
        <ul class="plain">
          <li>
            <CopyButton label={t('copyAsJson')} text={() => jsonOf(record.event)} />
          </li>
          <li>
            <CopyButton label={t('copyAsCurl')} text={() => curlOf(record, intake)} />
          </li>
          <li>
            <CopyButton label={t('copyAsCall')} text={() => callOf(record, passed())} />
          </li>
          <li>
            <CopyButton
              label={t('copyAsExpectation')}
              text={async () => (await import('./expectation.ts')).expectationOf(record)}
            />
          </li>
          <li>
            <CopyButton label={t('copyRecord')} text={() => JSON.stringify(record, null, 2)} />
          </li>
        </ul>
      </div>
    </>
  );
}
