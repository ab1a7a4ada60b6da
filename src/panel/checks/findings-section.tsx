import { useState } from 'preact/hooks';
import { CHECKS } from '../../checks/all.ts';
import { sourcesOf } from '../../checks/source.ts';
import { DISAGREES } from '../../log/answers.ts';
import type { Finding, Record } from '../../record/record.ts';
import { type Cell } from '../events/cells.ts';
import { number, plural, t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { Section } from '../shared/section.tsx';
import { visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { TONE, type Wanted } from './wanted.ts';
import { Place } from './verdict-section.tsx';

/** A check finds as many things as an event has fields. */
const SHOWN = 50;
const described = new Map(CHECKS.map(check => [check.name, check]));

interface Props {
  record: Record;
  wanted: Wanted;
  onShow(pointer: string): void;
}

/** What a careful reviewer would point out, each with its place, its reason and where that is written. */
export function FindingsSection({ record, wanted, onShow }: Props) {
  const [all, setAll] = useState(false);
  const { shown, muted } = wanted;
  if (record.event === null) return null;
  const findings = all ? record.checks.filter(({ check }) => check !== DISAGREES) : shown;
  return (
    <Section title={t('checks')} cell={cellOf(shown)}>
      {findings.length === 0 && <p class="note">{t('checksNothing', number(CHECKS.length))}</p>}
      <ul class="findings">
        {findings.slice(0, SHOWN).map((finding, index) => (
          <Item key={index} finding={finding} stream={record.stream} muted={!shown.includes(finding)} onShow={onShow} />
        ))}
      </ul>
      {findings.length > SHOWN && <p class="note">{t('moreErrors', findings.length - SHOWN)}</p>}
      {muted > 0 && (
        <p class="note">
          {plural('checksMuted', muted)}{' '}
          <button type="button" class="link" aria-pressed={all} onClick={() => setAll(!all)}>
            {t(all ? 'hideMuted' : 'showMuted')}
          </button>
        </p>
      )}
    </Section>
  );
}

function cellOf(shown: readonly Finding[]): Cell {
  const [worst] = shown.toSorted((a, b) => TONE[a.severity].rank - TONE[b.severity].rank);
  if (!worst) return { icon: 'accepted', tone: 'good', word: t('checksNone'), more: '' };
  const { tone, icon } = TONE[worst.severity];
  return { icon, tone, word: plural('findings', shown.length), more: '' };
}

interface ItemProps {
  finding: Finding;
  stream: string | null;
  muted: boolean;
  onShow(pointer: string): void;
}

function Item({ finding: { check, severity, message, path }, stream, muted, onShow }: ItemProps) {
  const panel = usePanel();
  const known = described.get(check);
  return (
    <li data-severity={severity} data-check={check} data-muted={muted || undefined}>
      <div class="head">
        <span class="sign" data-tone={TONE[severity].tone}>
          <Icon name={TONE[severity].icon} />
          <code>{visible(check)}</code>
        </span>
        {path !== null && <Place path={path} onShow={onShow} />}
        {stream !== null && (
          <button
            type="button"
            class="link mute"
            title={t(muted ? 'unmuteHint' : 'muteHint', visible(check), visible(stream, 100))}
            onClick={() => panel.mute(stream, check, !muted)}
          >
            {t(muted ? 'unmute' : 'mute')}
          </button>
        )}
      </div>
      <p>
        <b>{visible(message, 1_000)}</b>
      </p>
      {known && (
        <details>
          <summary>{t('checkWhy')}</summary>
          <p>{known.what}</p>
          <p>{known.why}</p>
          <p class="more">
            {sourcesOf(known.source).map(({ text, href }, index) => (
              <span key={text}>
                {index > 0 && ' · '}
                {href === null ? (
                  text
                ) : (
                  <a href={href} target="_blank" rel="noreferrer">
                    {text}
                  </a>
                )}
              </span>
            ))}
          </p>
        </details>
      )}
    </li>
  );
}
