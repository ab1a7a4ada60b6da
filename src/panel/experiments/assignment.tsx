import { useEffect, useId, useState } from 'preact/hooks';
import { type Assignment, assignmentOf } from '../../platform/group-assignment.ts';
import { t } from '../i18n.ts';
import { rateOf } from '../overrides/draft.ts';
import { visible } from '../shared/text.ts';
import type { SeenExperiment } from './experiments.ts';

/** Computes anew which group the server assigns to a logged-in user. Groups and rate are not in the page: they are written here. */
export function AssignmentForm({ experiment: { name, seen, subject } }: { experiment: SeenExperiment }) {
  const [user, setUser] = useState('');
  const [groups, setGroups] = useState(seen.join(', '));
  const [rate, setRate] = useState('1');
  const [assignment, setAssignment] = useState<Assignment | null>(null);
  const number = rateOf(rate);
  const isRate = typeof number === 'number' && number >= 0 && number <= 1;
  const [userId, groupsId, rateId] = [useId(), useId(), useId()];

  useEffect(() => {
    let isLatest = true;
    setAssignment(null);
    const id = user.trim();
    if (id !== '' && isRate) {
      const list = groups.split(',').flatMap(group => group.trim() || []);
      void assignmentOf(id, { name, groups: list, rate: number }).then(one => isLatest && setAssignment(one));
    }
    return () => {
      isLatest = false;
    };
  }, [name, user, groups, number]);

  return (
    <details class="assignment">
      <summary>{t('assignment')}</summary>
      <div class="inline">
        <label for={userId}>{t('assignmentUser')}</label>
        <input id={userId} inputMode="numeric" value={user} onInput={event => setUser(event.currentTarget.value)} />
        <label for={groupsId}>{t('assignmentGroups')}</label>
        <input id={groupsId} class="wide" value={groups} onInput={event => setGroups(event.currentTarget.value)} />
        <label for={rateId}>{t('column_rate')}</label>
        <input
          id={rateId}
          class="short"
          inputMode="decimal"
          aria-invalid={!isRate}
          value={rate}
          onInput={event => setRate(event.currentTarget.value)}
        />
      </div>
      <p aria-live="polite">
        {!isRate && <span data-tone="error">{t('rateWrong')}</span>}
        {assignment && <Result assignment={assignment} rate={Number(number)} subject={subject} />}
      </p>
    </details>
  );
}

function Result({ assignment, rate, subject }: { assignment: Assignment; rate: number; subject: string | null }) {
  const { group, inSample, fraction } = assignment;
  const who = inSample
    ? t('assignmentIn', visible(group ?? '–', 80), fraction, rate)
    : t('assignmentOut', fraction, rate);
  return (
    <>
      <b>{who}</b>{' '}
      <code class="more">
        {t('kind_subject')}: {assignment.subject}
      </code>{' '}
      {subject !== null && /^[\da-f]{64}$/.test(subject) && (
        <span data-tone={subject === assignment.subject ? 'good' : 'warning'}>
          {t(subject === assignment.subject ? 'assignmentSame' : 'assignmentOther')}
        </span>
      )}
    </>
  );
}
