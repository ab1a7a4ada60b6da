import { useMemo } from 'preact/hooks';
import { number, plural, t } from '../i18n.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { Icon } from '../shared/icon.tsx';
import { Identifier, Name, Path } from '../shared/name.tsx';
import { useFollowed } from '../shared/use-followed.ts';
import { usePanel } from '../shared/use-panel.ts';
import { carriedTally, seenIdentifiers, type SeenIdentifier } from './identifiers.ts';
import { clock, visible } from '../shared/text.ts';
import '../shared/cards.css';

/** So many streams are listed for an identifier. */
const SHOWN = 30;

const KEYS = { session: 'session', pageview: 'pageview', 'el-session': 'el_session', subject: 'subject' } as const;
type Key = (typeof KEYS)[keyof typeof KEYS];

/** The identifiers of the page: value, where each lives, when it ends, and which events carry it. */
export function IdentifiersView() {
  const panel = usePanel();
  const { reader, drawn } = useFollowed(panel.followed(carriedTally));
  const load = panel.current();
  const identifiers = useMemo(
    () => seenIdentifiers(load?.context ?? null, load ? reader.of(load.load) : []),
    [load, reader, drawn],
  );
  /** When the panel first saw this value, where it is one that page loads have. */
  const sinceOf = ({ entry: { kind }, value }: SeenIdentifier): number | null =>
    (value !== null &&
      (kind === 'session' || kind === 'pageview') &&
      panel.log.loads.find(one => one[kind] === value)?.began) ||
    null;
  return (
    <div class="cards">
      {identifiers.map(one => (
        <Card key={one.entry.kind} identifier={one} since={sinceOf(one)} />
      ))}
      <p class="note">{t('noAppInstall')}</p>
    </div>
  );
}

function Card({ identifier, since }: { identifier: SeenIdentifier; since: number | null }) {
  const { entry, value, cookie, formats, carriers } = identifier;
  const key: Key = KEYS[entry.kind as keyof typeof KEYS];
  return (
    <article data-identifier={entry.kind}>
      <header>
        <h2>{t(`kind_${key}`)}</h2>
        {value === null ? <span class="more">{t('identifierUnseen')}</span> : <Identifier id={value} />}
        {value !== null && <CopyButton label={t('copyId')} text={() => value} />}
      </header>
      <dl class="facts">
        <dt>{t('identifierPlace')}</dt>
        <dd>{cookie === null ? t(`place_${key}`) : <Cookie cookie={cookie} value={value} />}</dd>
        <dt>{t('identifierMade')}</dt>
        <dd>
          {t(`made_${key}`)}
          {since !== null && ` · ${t('identifierSince', clock(since))}`}
        </dd>
        <dt>{t('identifierEnds')}</dt>
        <dd>{t(`ends_${key}`)}</dd>
        <dt>{t('identifierFormat')}</dt>
        <dd>
          {t(`format_${key}`)}{' '}
          {formats.map(
            ({ platform, ok }) =>
              ok !== null && (
                <span key={platform} class="format" data-tone={ok ? 'good' : platform === 'web' ? 'error' : 'quiet'}>
                  <Icon name={ok ? 'accepted' : 'wrong'} />{' '}
                  {t(ok ? 'formatFits' : 'formatFails', t(`platform_${platform}`))}
                </span>
              ),
          )}
        </dd>
        <dt>{t('identifierSamples')}</dt>
        <dd>{t(entry.samples ? 'identifierCanSample' : 'identifierCannotSample')}</dd>
      </dl>
      {carriers.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('stream')}</th>
              <th scope="col">{t('identifierField')}</th>
              <th scope="col" class="count">
                {t('view_events')}
              </th>
              <th scope="col" class="count">
                {t('identifierOthers')}
              </th>
            </tr>
          </thead>
          <tbody>
            {carriers.slice(0, SHOWN).map(({ stream, field, events, others }) => (
              <tr key={`${stream} ${field}`}>
                <td>{stream === '' ? t('unknown') : <Name name={stream} />}</td>
                <td>
                  <code>
                    <Path path={field} />
                  </code>
                </td>
                <td class="count">{number(events)}</td>
                <td class="count" data-tone={others > 0 ? 'warning' : 'quiet'}>
                  {others === 0 ? '–' : number(others)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {carriers.length === 0 && <p class="note">{t('identifierNotCarried')}</p>}
      {carriers.length > SHOWN && <p class="note">{plural('identifierMore', carriers.length - SHOWN)}</p>}
    </article>
  );
}

/** Its cookie by name, and what that holds where clients read something else. */
function Cookie({ cookie, value }: { cookie: NonNullable<SeenIdentifier['cookie']>; value: string | null }) {
  const name = visible(cookie.name, 100);
  return (
    <>
      {t('identifierCookie', name)}
      {cookie.value === null && ` · ${t('identifierNoCookie')}`}
      {cookie.value !== null && cookie.value !== value && (
        <span data-tone="warning">
          {' '}
          · {t('identifierOtherCookie')} <Identifier id={cookie.value} />
        </span>
      )}
    </>
  );
}
