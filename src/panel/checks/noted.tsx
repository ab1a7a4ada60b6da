import type { Record } from '../../record/record.ts';
import { plural } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { usePanelState } from '../shared/use-panel.ts';
import { visible } from '../shared/text.ts';
import { TONE, wantedOf } from './wanted.ts';

/** In a row: that checks found something which matters. What is only good to know stands in the details. */
export function Noted({ record }: { record: Record }) {
  const muted = usePanelState(state => state.muted);
  if (record.checks.length === 0) return null;
  const loud = wantedOf(record, muted).shown.filter(({ severity }) => severity !== 'info');
  if (loud.length === 0) return null;
  const { tone, icon } = TONE[loud.some(({ severity }) => severity === 'error') ? 'error' : 'warning'];
  const names = loud.slice(0, 5).map(({ check }) => visible(check, 40));
  return (
    <span class="noted" data-tone={tone} title={names.join(', ')}>
      <Icon name={icon === 'wrong' ? 'warning' : icon} />
      <span class="unseen">{plural('findings', loud.length)}</span>
    </span>
  );
}
