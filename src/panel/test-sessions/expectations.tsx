import { useEffect, useId } from 'preact/hooks';
import { countStates } from '../../test-session/files/report.ts';
import type { Result, State } from '../../test-session/judge/types.ts';
import { number, t } from '../i18n.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { useTests, useTestsState } from './use-tests.ts';

const ICONS: { [S in State]: IconName } = { pass: 'success', fail: 'wrong', open: 'waiting', skipped: 'hole' };
const TONES: { [S in State]: string } = { pass: 'good', fail: 'error', open: 'warning', skipped: 'quiet' };

/** What each expectation says so far, with the records that decided it. */
export function Expectations() {
  const tests = useTests();
  const results = useTestsState(state => state.results);
  const id = useId();
  useEffect(() => tests.look(), []);
  const counts = results && countStates(results);
  return (
    <section aria-labelledby={id} class="expectations">
      <h2 id={id}>{t('testsExpectations')}</h2>
      {counts ? (
        <p role="status" id="tests-summary" data-failed={counts.fail} data-passed={counts.pass} data-open={counts.open}>
          {t('testsSummary', number(counts.pass), number(counts.fail), number(counts.open))}
        </p>
      ) : (
        <p class="note">{t('testsNoPlan')}</p>
      )}
      <ul class="plain results">
        {results?.map(result => (
          <Expectation key={result.id} result={result} />
        ))}
      </ul>
    </section>
  );
}

function Expectation({ result }: { result: Result }) {
  const panel = usePanel();
  const { state, name, step, why, records, id } = result;
  const show = (record: string) => {
    panel.show('events');
    panel.select(record, true);
  };
  return (
    <li data-result={id} data-state={state} data-name={name} data-tone={TONES[state]}>
      <Icon name={ICONS[state]} />
      <div>
        <b>{visible(name, 200)}</b> <span class="word">{t(`result_${state}`)}</span>
        <p class="note">
          {step !== null && <>{visible(step, 100)}: </>}
          {visible(why, 300)}{' '}
          {records.slice(0, 5).map((record, index) => (
            <button type="button" key={record} class="link" onClick={() => show(record)}>
              {t('testsRecord', number(index + 1))}
            </button>
          ))}
        </p>
      </div>
    </li>
  );
}
