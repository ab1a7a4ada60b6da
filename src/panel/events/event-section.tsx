import { useEffect, useMemo, useState } from 'preact/hooks';
import { quoted } from '../../log/query/syntax.ts';
import type { Setter } from '../../platform/provenance.ts';
import type { Json, Record } from '../../record/record.ts';
import { stepsOf, valueAt } from '../../platform/pointer.ts';
import { number, t } from '../i18n.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { Icon } from '../shared/icon.tsx';
import type { Marks } from '../shared/json-nodes.ts';
import { pathsWith, placesOf } from '../shared/json-search.ts';
import { JsonTree, type Tag } from '../shared/json-tree.tsx';
import { Section } from '../shared/section.tsx';
import { visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { jsonOf } from './copies.ts';
import { CopyMenu } from './copy-menu.tsx';
import { useReceived } from './received.ts';

interface Props {
  record: Record;
  marks: Marks;
  target: { path: string } | null;
  setters: ReadonlyMap<string, Setter>;
}

/** The event as a tree and as text, with search in both, and who set what. */
export function EventSection({ record, marks, target, setters }: Props) {
  const { event } = record;
  const [raw, setRaw] = useState(false);
  const [who, setWho] = useState(false);
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  const [active, setActive] = useState('');
  const received = useReceived(record, who);
  const shown = who && received ? received.event : event;
  const text = useMemo(() => (raw ? jsonOf(event) : ''), [raw, event]);
  const found = useMemo(
    () => (raw ? placesOf(text.slice(0, LONGEST), wanted).map(String) : pathsWith(shown, wanted)),
    [raw, text, shown, wanted],
  );
  const tags = useMemo(() => tagsOf(who ? setters : new Map(), received?.added ?? []), [who, setters, received]);
  const current = found[at] ?? null;
  const [sought, setSought] = useState<{ path: string; quiet: true } | null>(null);
  useEffect(() => setSought(current === null || raw ? null : { path: current, quiet: true }), [current, raw]);
  useEffect(() => {
    if (target) setRaw(false);
  }, [target]);

  function step(by: number): void {
    if (found.length > 0) setAt((at + by + found.length) % found.length);
  }

  return (
    <Section title={t('event')} tools={event !== null && <CopyMenu record={record} />}>
      {record.truncated && <p class="note">{t('truncated')}</p>}
      {event === null ? (
        <p class="note">{t('noEvent')}</p>
      ) : (
        <>
          <div class="event-tools">
            <span class="segment" role="group" aria-label={t('eventForm')}>
              <button type="button" class="button" aria-pressed={!raw} onClick={() => setRaw(false)}>
                {t('eventTree')}
              </button>
              <button type="button" class="button" aria-pressed={raw} onClick={() => setRaw(true)}>
                {t('eventRaw')}
              </button>
            </span>
            {!raw && setters.size > 0 && (
              <button type="button" class="button" aria-pressed={who} onClick={() => setWho(!who)}>
                {t('eventWho')}
              </button>
            )}
            <input
              type="search"
              value={wanted}
              aria-label={t('eventFind')}
              placeholder={t('eventFind')}
              onInput={event => {
                setWanted(event.currentTarget.value);
                setAt(0);
              }}
              onKeyDown={event => {
                if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
                else if (event.key === 'Escape' && wanted !== '') setWanted('');
                else return;
                event.preventDefault();
                event.stopPropagation();
              }}
            />
            {wanted !== '' && (
              <span class="more" role="status">
                {found.length === 0 ? t('eventFoundNone') : t('eventFound', number(at + 1), number(found.length))}
              </span>
            )}
          </div>
          {raw ? (
            <Raw text={text} wanted={wanted} places={found.map(Number)} current={current} />
          ) : (
            <>
              <JsonTree
                value={shown}
                label={t('event')}
                marks={marks}
                target={sought ?? target}
                found={useSet(found)}
                tags={tags}
                onActive={setActive}
              />
              <Active path={active} value={valueAt(shown, active)} />
            </>
          )}
        </>
      )}
    </Section>
  );
}

const useSet = (paths: readonly string[]) => useMemo(() => new Set(paths), [paths]);

function tagsOf(setters: ReadonlyMap<string, Setter>, added: readonly string[]): ReadonlyMap<string, Tag> {
  const tags = new Map<string, Tag>();
  for (const [path, setter] of setters) tags.set(path, { kind: setter, text: t(`by_${setter}`) });
  if (setters.size > 0) for (const path of added) tags.set(path, { kind: 'intake', text: t('by_intake') });
  return tags;
}

/** The line under the cursor: its path as the query has it, and what one does with it. */
function Active({ path, value }: { path: string; value: Json | undefined }) {
  const panel = usePanel();
  if (path === '' || value === undefined) return null;
  const name = (stepsOf(path) ?? []).join('.');
  const isPlain = typeof value !== 'object' || value === null;
  return (
    <div class="active" role="group" aria-label={t('eventLine')}>
      <code class="grow">{visible(name, 200)}</code>
      <CopyButton label={t('copyValue')} text={() => (typeof value === 'string' ? value : jsonOf(value))} />
      <CopyButton label={t('copyPath')} text={() => name} />
      {isPlain && /^[\w$@.-]+$/.test(name) && (
        <button
          type="button"
          class="button quiet"
          title={t('findAlikeHint')}
          onClick={() => panel.find(`${name}:=${quoted(String(value))}`)}
        >
          <Icon name="search" />
          {t('findAlike')}
        </button>
      )}
    </div>
  );
}

/** So many characters are shown: an event can have a megabyte. */
const LONGEST = 200_000;

interface RawProps {
  text: string;
  wanted: string;
  places: readonly number[];
  current: string | null;
}

function Raw({ text, wanted, places, current }: RawProps) {
  useEffect(() => document.getElementById('raw-current')?.scrollIntoView({ block: 'nearest' }), [current]);
  const parts = [];
  let from = 0;
  for (const place of places) {
    const end = place + wanted.length;
    parts.push(
      text.slice(from, place),
      <mark key={place} id={String(place) === current ? 'raw-current' : undefined}>
        {text.slice(place, end)}
      </mark>,
    );
    from = end;
  }
  return (
    <>
      <pre class="raw" tabIndex={0} aria-label={t('eventRaw')}>
        {parts}
        {text.slice(from, LONGEST)}
      </pre>
      {text.length > LONGEST && <p class="note">{t('eventCut', number(LONGEST), number(text.length))}</p>}
    </>
  );
}
