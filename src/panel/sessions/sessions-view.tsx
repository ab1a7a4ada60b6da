import { useMemo } from 'preact/hooks';
import { ListField } from '../find/list-field.tsx';
import { useListQuery } from '../find/use-list-query.ts';
import { quoted } from '../../log/query/syntax.ts';
import type { SessionSummary } from '../../log/types.ts';
import { number, plural, t } from '../i18n.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { EventsLink } from '../shared/events-link.tsx';
import { Identifier, Name } from '../shared/name.tsx';
import { clock, duration } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { useRevision } from '../shared/use-revision.ts';
import { useSome } from '../shared/use-some.tsx';
import { longestIdle, PROMISED } from './idle.ts';
import { Loads } from './loads.tsx';
import { SESSION_FIELDS } from './session-fields.ts';
import './sessions.css';

/** Milliseconds between two looks at what came. */
const EVERY = 250;

/** All page loads with one session id, newest session first. */
export function SessionsView() {
  const panel = usePanel();
  const revision = useRevision(EVERY);
  const sessions = useMemo(() => panel.log.sessions().sort((a, b) => b.last - a.last), [revision]);
  const { found, query } = useListQuery(sessions, SESSION_FIELDS);
  const { shown, more } = useSome(found);
  if (sessions.length === 0) {
    return (
      <div class="empty" role="status">
        <h2>{t('sessionsEmptyTitle')}</h2>
        <p>{t('sessionsEmptyText')}</p>
      </div>
    );
  }
  return (
    <div class="sessions">
      <ListField query={query} label={t('sessionsSearch')} />
      <p class="note promise">{t('sessionsPromise')}</p>
      {shown.map(session => (
        <Session key={session.session} session={session} />
      ))}
      {more}
    </div>
  );
}

function Session({ session }: { session: SessionSummary }) {
  const { first, last, records, loads } = session;
  const idle = session.session === null ? 0 : longestIdle(loads);
  return (
    <article>
      <header>
        <h2>
          {session.session === null ? (
            t('sessionUnknown')
          ) : (
            <>
              {t('session')} <Identifier id={session.session} />
            </>
          )}
        </h2>
        <span>{plural('pageLoads', loads.length)}</span>
        <span>{plural('calls', records)}</span>
        <span class="more">
          {clock(first)} – {clock(last)} ({duration(last - first)})
        </span>
        {session.session !== null && (
          <span class="tools">
            <EventsLink query={`session:=${quoted(session.session)}`} />
            <CopyButton label={t('copyId')} text={() => session.session ?? ''} />
          </span>
        )}
      </header>
      {idle > PROMISED && (
        <p class="promise" data-tone="warning">
          {t('sessionIdle', duration(idle))}
        </p>
      )}
      <div class="tables">
        <Loads loads={loads} />
        <Streams session={session} />
      </div>
    </article>
  );
}

function Streams({ session }: { session: SessionSummary }) {
  const streams = [...session.byStream].sort(([a], [b]) => a.localeCompare(b));
  const { shown, more } = useSome(streams);
  if (streams.length === 0) return null;
  return (
    <div class="streams">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('stream')}</th>
            <th scope="col" class="count">
              {t('column_accepted')}
            </th>
            <th scope="col" class="count">
              {t('column_dropped')}
            </th>
            <th scope="col" class="count">
              {t('column_other')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(([stream, { accepted, dropped, other }]) => (
            <tr key={stream}>
              <td>
                <Name name={stream} />
              </td>
              <Count count={accepted} />
              <Count count={dropped} tone="warning" />
              <Count count={other} />
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </div>
  );
}

function Count({ count, tone }: { count: number; tone?: string }) {
  return (
    <td class="count" data-tone={count > 0 ? tone : 'quiet'}>
      {count === 0 ? '–' : number(count)}
    </td>
  );
}
