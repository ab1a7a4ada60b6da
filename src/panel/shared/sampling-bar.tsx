import './sampling-bar.css';

/** From 0 to 1: what the rate lets in is filled, the mark is where the identifier falls. */
export function SamplingBar({ rate, value, inSample }: { rate: unknown; value: number | null; inSample: boolean }) {
  const filled = typeof rate === 'number' && rate > 0 ? Math.min(rate, 1) : 0;
  const percent = (part: number) => `${Math.min(Math.max(part, 0), 1) * 100}%`;
  return (
    <span class="sampling-bar" data-in={inSample} aria-hidden="true">
      <span class="rate" style={{ width: percent(filled) }} />
      {value !== null && Number.isFinite(value) && <span class="value" style={{ insetInlineStart: percent(value) }} />}
    </span>
  );
}
