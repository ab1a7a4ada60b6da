import { quoted } from '../../log/query/syntax.ts';
import type { PageLoad } from '../../log/types.ts';
import { number, t } from '../i18n.ts';
import { Identifier } from '../shared/name.tsx';
import { clock, duration, shortUrl, visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { useSome } from '../shared/use-some.tsx';

/** The page loads of a session: when, how long, where, with which pageview id, and how many calls. */
export function Loads({ loads }: { loads: PageLoad[] }) {
  const { shown, more } = useSome(loads);
  return (
    <div class="loads">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('column_began')}</th>
            <th scope="col" class="lasted">
              {t('column_lasted')}
            </th>
            <th scope="col">{t('page')}</th>
            <th scope="col" class="pageview">
              {t('pageview')}
            </th>
            <th scope="col" class="count">
              {t('column_calls')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(load => (
            <Row key={load.load} load={load} />
          ))}
        </tbody>
      </table>
      {more}
    </div>
  );
}

function Row({ load: { load, began, ended, url, frame, pageview, records } }: { load: PageLoad }) {
  const panel = usePanel();
  return (
    <tr>
      <td class="time">{clock(began)}</td>
      <td class="time lasted">{ended === null ? t('sessionsOpen') : duration(ended - began)}</td>
      <td title={visible(url, 2_000)}>
        {frame !== 0 && <span class="frame">{t('frame', frame)}</span>}
        <bdi>{visible(shortUrl(url))}</bdi>
      </td>
      <td class="pageview">{pageview === null ? '–' : <Identifier id={pageview} />}</td>
      <td class="count">
        {records === 0 ? (
          '–'
        ) : (
          <button
            type="button"
            class="link"
            title={t('sessionsCalls')}
            onClick={() => {
              panel.find(`load:=${quoted(load)}`);
              panel.show('events');
            }}
          >
            {number(records)}
          </button>
        )}
      </td>
    </tr>
  );
}
