import { useId } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { type Column, COLUMNS } from '../store/state.ts';

const WIDTHS: { [C in Column]: string } = {
  time: '92px',
  load: 'minmax(80px, 0.8fr)',
  client: 'minmax(80px, 0.5fr)',
  call: 'minmax(110px, 0.9fr)',
  subject: 'minmax(130px, 1.3fr)',
  action: 'minmax(60px, 0.7fr)',
  decision: 'minmax(190px, 1.2fr)',
  delivery: 'minmax(112px, 0.6fr)',
  verdict: 'minmax(136px, 0.7fr)',
  checks: '44px',
  mark: '18px',
};

/** What goes first where there is little room: a narrow list has two lines a record, and room for these again. */
const ONLY_WIDE: readonly Column[] = ['call', 'client', 'load'];

/** What is known at the call, and what became of it: the two lines of a record where there is little room. */
export const BECAME: readonly Column[] = ['decision', 'delivery', 'verdict', 'checks', 'mark'];

export type Size = 'narrow' | 'medium' | 'wide';

/** The columns that are chosen and have room. */
export function columnsAt(columns: readonly Column[], size: Size): Column[] {
  return COLUMNS.filter(column => columns.includes(column) && (size === 'wide' || !ONLY_WIDE.includes(column)));
}

export const templateOf = (columns: readonly Column[]): string => columns.map(column => WIDTHS[column]).join(' ');

export function Header({ columns }: { columns: readonly Column[] }) {
  return (
    <div class="header" aria-hidden="true">
      {columns.map(column => (
        <span key={column}>{column === 'mark' ? '' : t(`column_${column}`)}</span>
      ))}
    </div>
  );
}

/** Which columns there are. */
export function ColumnsMenu() {
  const panel = usePanel();
  const id = useId();
  const chosen = usePanelState(({ columns }) => columns);
  const toggle = (column: Column) => panel.columns(COLUMNS.filter(one => (one === column) !== chosen.includes(one)));
  return (
    <>
      <button type="button" class="button quiet tool" popovertarget={id} aria-label={t('columns')} title={t('columns')}>
        <Icon name="columns" />
      </button>
      <div id={id} popover="auto" class="menu" role="dialog" aria-label={t('columns')}>
        <h2>{t('columns')}</h2>
        <ul class="plain">
          {COLUMNS.map(column => (
            <li key={column}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.includes(column)}
                  disabled={column === 'subject'}
                  onChange={() => toggle(column)}
                />
                {t(`column_${column}`)}
              </label>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
