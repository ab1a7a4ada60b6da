import { number, t } from '../i18n.ts';
import { visible } from '../shared/text.ts';
import { useTestsState } from './use-tests.ts';

/** What is going on with a file or a recording, and how far it has come. */
export function Progress() {
  const working = useTestsState(state => state.working);
  if (!working) return null;
  const { what, done, of } = working;
  const share = Math.min(1, done / Math.max(1, of));
  return (
    <p role="status" class="progress">
      {visible(what, 100)} <progress aria-label={t('testsWorking')} value={share} max={1} />{' '}
      {number(Math.floor(share * 100))} %
    </p>
  );
}
