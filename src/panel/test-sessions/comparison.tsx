import { useState } from 'preact/hooks';
import { changeText } from '../../test-session/compare/compare.ts';
import type { Difference } from '../../test-session/compare/types.ts';
import { number, t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import type { TestsState } from './tests.ts';
import { useTests } from './use-tests.ts';

const SHOWN = 200;
const TONES: { [K in Difference['kind']]: string } = {
  added: 'good',
  missing: 'error',
  reordered: 'warning',
  changed: 'warning',
};

/** What the newer of two recordings has otherwise. */
export function ComparisonView({ comparison }: { comparison: NonNullable<TestsState['comparison']> }) {
  const tests = useTests();
  const [count, setCount] = useState(SHOWN);
  const { differences, same, counts } = comparison;
  return (
    <div class="tests">
      <div class="inline">
        <button type="button" class="button" onClick={() => tests.closeComparison()}>
          <Icon name="undo" /> {t('testsBack')}
        </button>
        <h2>{t('testsComparedOf', visible(comparison.before, 60), visible(comparison.after, 60))}</h2>
        <p role="status" id="tests-compared">
          {t(
            'testsCompared',
            number(same),
            number(counts.added),
            number(counts.missing),
            number(counts.reordered),
            number(counts.changed),
          )}
        </p>
      </div>
      <ul class="plain differences">
        {differences.slice(0, count).map((difference, index) => (
          <li key={index} data-kind={difference.kind} data-tone={TONES[difference.kind]}>
            <span class="word">{t(`difference_${difference.kind}`)}</span> <b>{visible(difference.key, 150)}</b>
            {difference.step !== '' && <span class="note"> · {visible(difference.step, 100)}</span>}
            {'fields' in difference && (
              <ul class="plain fields">
                {difference.fields.slice(0, 30).map(field => (
                  <li key={field.path}>
                    <code>{visible(changeText(field), 300)}</code>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {differences.length > count && (
        <button type="button" class="button quiet" onClick={() => setCount(count + SHOWN)}>
          {t('showMore', number(differences.length - count))}
        </button>
      )}
    </div>
  );
}
