import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { clock, visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { ComparisonView } from './comparison.tsx';
import { Expectations } from './expectations.tsx';
import { FilesIn } from './files-in.tsx';
import { PlanEditor } from './plan-editor.tsx';
import { Progress } from './progress.tsx';
import { Recordings } from './recordings.tsx';
import { RecorderBar } from './recorder-bar.tsx';
import { useTests, useTestsState } from './use-tests.ts';
import './tests.css';

/** Record by a plan, see what it says, take it along. */
export function TestSessions() {
  const { recorded } = usePanel();
  const comparison = useTestsState(state => state.comparison);
  if (comparison) return <ComparisonView comparison={comparison} />;
  return (
    <div class="tests">
      <Troubles />
      {recorded ? <Recorded /> : <RecorderBar />}
      <div class="columns">
        <PlanEditor />
        <Expectations />
      </div>
      <Recordings />
      <FilesIn />
    </div>
  );
}

/** The panel shows a recording, and says what it is of. */
function Recorded() {
  const { recorded } = usePanel();
  const header = recorded?.session.header;
  const marks = recorded?.session.marks ?? [];
  if (!header) return null;
  const facts = [
    header.test && new Date(header.test.started).toLocaleString(),
    header.wiki,
    header.skin,
    header.environment?.user,
    header.environment?.language,
  ];
  return (
    <section aria-label={t('testsRecorded')}>
      <h2>{visible(header.test?.name ?? t('testsRecorded'), 200)}</h2>
      <p class="note">{facts.flatMap(fact => (fact ? [visible(fact, 60)] : [])).join(' · ')}</p>
      <ol class="marks">
        {marks.map(({ time, what, text }, index) => (
          <li key={index}>
            <time dateTime={time}>{clock(time)}</time> {t(`mark_${what}`)} {visible(text, 200)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Troubles() {
  const tests = useTests();
  const problem = useTestsState(state => state.problem);
  const skipped = useTestsState(state => state.skipped);
  return (
    <>
      <Progress />
      {(problem !== null || skipped) && (
        <div class="trouble" role="alert">
          <Icon name="warning" />
          <div class="grow">
            {problem !== null && <p>{visible(problem, 1_000)}</p>}
            {skipped && <p>{t('testsSkipped', skipped.count, visible(skipped.name, 100))}</p>}
            {skipped && (
              <ul class="plain">
                {skipped.problems.slice(0, 8).map(({ line, message }) => (
                  <li key={line}>{t('testsLine', line, visible(message, 200))}</li>
                ))}
              </ul>
            )}
          </div>
          <button type="button" class="button quiet" aria-label={t('dismiss')} onClick={() => tests.dismiss()}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </>
  );
}
