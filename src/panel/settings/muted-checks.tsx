import { number, plural, t } from '../i18n.ts';
import { Name } from '../shared/name.tsx';
import { visible } from '../shared/text.ts';
import { useFollowed } from '../shared/use-followed.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { createTally } from '../store/tally.ts';

/** Calls by what checks found in them. */
const findingTally = () =>
  createTally(({ stream, checks }) =>
    stream === null || checks.length === 0 ? null : { stream, checks: checks.map(({ check }) => check) },
  );

/** The checks that are muted, by stream, with what they would have said so far. */
export function MutedChecks() {
  const panel = usePanel();
  const muted = usePanelState(state => state.muted);
  const { reader } = useFollowed(panel.followed(findingTally));
  const streams = Object.entries(muted);
  return (
    <section aria-labelledby="muted-title">
      <h2 id="muted-title">{t('mutedChecks')}</h2>
      <p class="note">{t(streams.length === 0 ? 'mutedNone' : 'mutedText', number(streams.length))}</p>
      <ul class="plain muted">
        {streams.map(([stream, checks]) => (
          <li key={stream}>
            <Name name={stream} />
            <ul class="plain">
              {checks.map(check => (
                <li key={check} class="inline">
                  <code>{visible(check)}</code>
                  <span class="note">{plural('findings', count(stream, check))}</span>
                  <button type="button" class="button quiet" onClick={() => panel.mute(stream, check, false)}>
                    {t('unmute')}
                  </button>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );

  function count(stream: string, check: string): number {
    let found = 0;
    for (const { what, indexes } of reader.all()) {
      if (what.stream === stream) found += indexes.length * what.checks.filter(one => one === check).length;
    }
    return found;
  }
}
