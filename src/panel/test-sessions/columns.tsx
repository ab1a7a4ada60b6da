import { useId } from 'preact/hooks';
import { CSV_COLUMNS } from '../../test-session/files/csv.ts';
import { t } from '../i18n.ts';
import { useTests, useTestsState } from './use-tests.ts';

/** Which columns a table has: those of the record, and any fields of the event by their paths. */
export function Columns() {
  const tests = useTests();
  const columns = useTestsState(state => state.columns);
  const id = useId();
  const paths = columns.filter(column => !CSV_COLUMNS.includes(column));
  const known = columns.filter(column => CSV_COLUMNS.includes(column));
  return (
    <fieldset class="columns-chosen">
      <legend>{t('testsColumns')}</legend>
      {CSV_COLUMNS.map(column => (
        <label key={column} class="check">
          <input
            type="checkbox"
            name={column}
            checked={known.includes(column)}
            onChange={event => {
              const { checked } = event.currentTarget;
              tests.columns([...CSV_COLUMNS.filter(one => (one === column ? checked : known.includes(one))), ...paths]);
            }}
          />
          {column}
        </label>
      ))}
      <label for={id}>{t('testsColumnPaths')}</label>
      <input
        id={id}
        class="grow"
        placeholder="performer.is_logged_in, funnel_name"
        defaultValue={paths.join(', ')}
        onChange={event => {
          const typed = event.currentTarget.value.split(/[,\s]+/).filter(Boolean);
          tests.columns([...known, ...typed]);
        }}
      />
    </fieldset>
  );
}
