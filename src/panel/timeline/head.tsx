import { useMemo } from 'preact/hooks';
import {
  type LoadPicture,
  loadsOf,
  type Scale,
  sessionsOf,
  type Span,
  ticksOf,
  xOf,
} from '../../log/timeline/picture.ts';
import { LANE } from '../../log/timeline/svg.ts';
import type { PageLoad } from '../../log/types.ts';
import { t } from '../i18n.ts';
import { clock, second, shortUrl, visible } from '../shared/text.ts';

const HEIGHT = 62;
/** Pixels from one tick to the next, at least, and of a letter, at most. */
const APART = 110;
const LETTER = 7;
/** A band with room for fewer letters has no text: it would say nothing. */
const FEWEST = 8;

/** What lies over all lanes: sessions, page loads, those of frames below, and the time of day. */
export function Head({ loads, scale }: { loads: readonly PageLoad[]; scale: Scale }) {
  const seen = loadsOf(loads, scale);
  return (
    <svg width={scale.width} height={HEIGHT} role="img" aria-label={t('timelineLoads')}>
      {sessionsOf(seen).map(({ session, span }) => (
        <Band
          key={span[0]}
          kind="session"
          span={span}
          y={0}
          text={session === null ? t('sessionUnknown') : `${t('session')} ${visible(session.slice(0, 8))}`}
        />
      ))}
      {seen.map(({ load, span }) => (
        <LoadBand key={load.load} load={load} span={span} />
      ))}
      {ticks(scale).map(at => (
        <text
          key={at}
          class="tick"
          x={xOf(at, scale)}
          y={HEIGHT - 3}
          text-anchor={anchorAt(xOf(at, scale), scale.width)}
        >
          {(scale.to - scale.from < 10_000 ? clock : second)(at)}
        </text>
      ))}
    </svg>
  );
}

/** In the middle of its tick, or beside it where it would be cut off. */
const anchorAt = (x: number, width: number) => (x < APART / 3 ? 'start' : x > width - APART / 3 ? 'end' : 'middle');

const ticks = (scale: Scale): number[] => ticksOf(scale, APART, new Date(scale.from).getTimezoneOffset());

/** Pixels of a lane, with the line below it. */
const ROW = LANE + 1;

/** Behind all lanes: where page loads of the top frame began, and the ticks of the time of day. */
export function Grid({ loads, scale, lanes }: { loads: readonly PageLoad[]; scale: Scale; lanes: number }) {
  const path = (places: readonly number[]) => places.map(x => `M${Math.round(x) + 0.5} 0V${lanes * ROW}`).join('');
  const begun = loadsOf(loads, scale).flatMap(({ load, span }) => (load.frame === 0 ? [span[0]] : []));
  return (
    <svg class="grid" dir="ltr" width={scale.width} aria-hidden="true">
      <path d={path(ticks(scale).map(at => xOf(at, scale)))} />
      <path class="begun" d={path(begun)} />
    </svg>
  );
}

/** Its address is read once, and not with each picture. */
function LoadBand({ load: { url, frame }, span }: LoadPicture) {
  const text = useMemo(() => visible(shortUrl(url), 200), [url]);
  return <Band kind={frame === 0 ? 'load' : 'frame'} span={span} y={frame === 0 ? 16 : 32} text={text} />;
}

function Band({ kind, span: [start, end], y, text }: { kind: string; span: Span; y: number; text: string }) {
  const letters = Math.floor((end - start - 8) / LETTER);
  return (
    <g class="band" data-kind={kind}>
      <title>{text}</title>
      <rect x={start} y={y} width={Math.max(1, end - start - 1)} height={15} />
      {letters >= FEWEST && (
        <text x={start + 4} y={y + 11}>
          {text.length > letters ? `${text.slice(0, letters)}…` : text}
        </text>
      )}
    </g>
  );
}
