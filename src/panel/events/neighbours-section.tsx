import { useMemo } from 'preact/hooks';
import { neighbours } from '../../log/neighbours.ts';
import type { Record } from '../../record/record.ts';
import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { Section } from '../shared/section.tsx';
import { clock, duration, visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { useRevision } from '../shared/use-revision.ts';
import { decisionCell } from './cells.ts';

/** Milliseconds between two looks for later calls: they may be far away, where few are of its kind. */
const EVERY = 500;

/** What came before and after it in the same funnel, each a way to its own details. */
export function NeighboursSection({ record }: { record: Record }) {
  const panel = usePanel();
  const revision = useRevision(EVERY);
  const found = useMemo(() => neighbours(panel.log.records, panel.indexOf(record.id)), [record, revision]);
  if (!found) return null;
  const { kin, name, all } = found;
  return (
    <Section title={t(`neighbours_${kin}`)}>
      <p class="note">
        <bdi>{visible(name, 120)}</bdi>
      </p>
      <ol class="neighbours">
        {all.map(({ record: one, position }, index) => {
          const before = all[index - 1]?.record;
          const { tone, icon } = decisionCell(one);
          return (
            <li key={one.id}>
              <button
                type="button"
                class="button quiet"
                aria-current={one === record ? 'true' : undefined}
                onClick={() => panel.reveal(one.id)}
              >
                <span class="position">{position ?? ''}</span>
                <span class="state" data-tone={tone}>
                  {icon && <Icon name={icon} />}
                </span>
                <bdi class="grow">{visible(one.action ?? one.api, 80)}</bdi>
                <span class="more">
                  {before
                    ? `+${duration(Math.max(0, Date.parse(one.time) - Date.parse(before.time)))}`
                    : clock(one.time)}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
