import { MARKS } from '../../log/timeline/marks.ts';
import type { LanePicture, Span } from '../../log/timeline/picture.ts';
import { useMemo } from 'preact/hooks';
import { forcedPath, LANE, marksPath, waitsPath } from '../../log/timeline/svg.ts';
import { plural, t } from '../i18n.ts';
import { Name } from '../shared/name.tsx';

interface Props {
  lane: number;
  picture: LanePicture;
  width: number;
  /** Where the cursor is, in pixels; null where it is in another lane. */
  cursor: number | null;
  /** What is being marked with the pointer, to be zoomed into. */
  range: Span | null;
}

/** A lane: a handful of paths, however many records they stand for. */
export function Lane({ lane, picture, width, cursor, range }: Props) {
  const { name, records } = picture;
  // The pointer moves far more often than the picture changes.
  const drawing = useMemo(() => <Drawing picture={picture} />, [picture]);
  return (
    <div class="lane" id={`lane-${lane}`} data-lane={lane} data-here={cursor !== null || undefined}>
      <span class="subject">{name === null ? <i>{t('timelineUnnamed')}</i> : <Name name={name} />}</span>
      <svg class="plot" width={width} height={LANE} role="img" aria-label={plural('calls', records)}>
        {range && <rect class="range" x={Math.min(...range)} width={Math.abs(range[1] - range[0])} height={LANE} />}
        {drawing}
        {cursor !== null && <path class="cursor" d={`M${Math.round(cursor) + 1.5} 0V${LANE}`} />}
      </svg>
    </div>
  );
}

function Drawing({ picture: { columns, forced, waits } }: Pick<Props, 'picture'>) {
  return (
    <>
      {MARKS.toReversed().map(mark => (
        <path key={mark} class="mark" data-mark={mark} d={marksPath(columns[mark], mark)} />
      ))}
      <path class="forced" d={forcedPath(forced)} />
      <path class="waits" d={waitsPath(waits)} />
    </>
  );
}
