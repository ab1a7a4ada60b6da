import { useMemo } from 'preact/hooks';
import type { PageLoad, SessionSummary } from '../../log/types.ts';
import { number, plural, t } from '../i18n.ts';
import { Identifier, Name } from '../shared/name.tsx';
import { clock, duration, shortUrl, visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { useSome } from '../shared/use-some.tsx';
import { longestIdle, PROMISED } from './idle.ts';
import './sessions.css';

/** All page loads with one session id, newest session first. */
export function SessionsView() {
  const panel = usePanel();
  const revision = usePanelState(state => state.revision);
  const sessions = useMemo(() => panel.log.sessions().sort((a, b) => b.last - a.last), [revision]);
  const { shown, more } = useSome(sessions);
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

function Loads({ loads }: { loads: PageLoad[] }) {
  const { shown, more } = useSome(loads);
  return (
    <div class="loads">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('column_began')}</th>
            <th scope="col">{t('page')}</th>
            <th scope="col">{t('pageview')}</th>
            <th scope="col" class="count">
              {t('column_calls')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(load => (
            <tr key={load.load}>
              <td class="time">{clock(load.began)}</td>
              <td class="url" title={visible(load.url, 2_000)}>
                {load.frame !== 0 && <span class="frame">{t('frame', load.frame)}</span>}
                <bdi>{visible(shortUrl(load.url))}</bdi>
              </td>
              <td>{load.pageview === null ? '–' : <Identifier id={load.pageview} />}</td>
              <td class="count">{number(load.records)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </div>
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
