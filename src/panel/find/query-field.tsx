import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Offer, Offers } from '../../log/query/complete.ts';
import type { Fault } from '../../log/query/syntax.ts';
import { number, t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { visible } from '../shared/text.ts';
import './find.css';

interface Props {
  text: string;
  faults: readonly Fault[];
  /** What there is to write at this place of the query; null for nothing. */
  complete(text: string, caret: number): Offers | null;
  onWrite(text: string): void;
  label: string;
  hint: string;
  /** The id of what lists what is found: Enter goes there. */
  list?: string;
}

/** The one field of each view: `/` goes to it. */
export const FIELD = 'find';

/**
 * The field, with what it offers to write: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. A fault is underlined
 * where it is, by a copy of the text that lies under the field.
 */
export function QueryField({ text, faults, complete, onWrite, label, hint, list }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const copy = useRef<HTMLDivElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const next = useRef<number | null>(null);
  const found = useMemo(() => (caret === null ? null : complete(text, caret)), [text, caret]);
  const offers = found?.offers ?? [];

  useLayoutEffect(() => {
    if (next.current !== null) input.current?.setSelectionRange(next.current, next.current);
    next.current = null;
    align();
  }, [text, faults]);

  function align(): void {
    // To ask where the text is scrolled to has it laid out at once: only for what is underlined.
    if (faults.length > 0 && copy.current && input.current) copy.current.scrollLeft = input.current.scrollLeft;
  }

  function write(value: string, at: number | null): void {
    onWrite(value);
    setCaret(at);
    setActive(-1);
  }

  function take(offer: Offer): void {
    if (!found) return;
    const { from, to } = found.span;
    const end = offer.kind === 'value' && to === text.length ? `${offer.text} ` : offer.text;
    next.current = from + end.length;
    write(text.slice(0, from) + end + text.slice(to), offer.kind === 'field' ? next.current : null);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const offer = offers[active];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && offers.length > 0) setActive(around(active + step, offers.length));
    else if (event.key === 'ArrowDown' && caret === null) setCaret(input.current?.selectionStart ?? null);
    else if ((event.key === 'Enter' || event.key === 'Tab') && offer) take(offer);
    else if (event.key === 'Enter') {
      setCaret(null);
      if (list !== undefined) document.getElementById(list)?.focus();
    } else if (event.key === 'Escape' && offers.length > 0) setCaret(null);
    else if (event.key === 'Escape' && text !== '') write('', null);
    else return;
    event.preventDefault();
  }

  const [fault] = faults;
  return (
    <div class="query" data-wrong={fault !== undefined}>
      <Icon name="search" />
      <div class="written">
        <div class="copy" ref={copy} aria-hidden="true">
          <Underlined text={text} faults={faults} />
        </div>
        <input
          ref={input}
          id={FIELD}
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          aria-label={label}
          placeholder={hint}
          aria-autocomplete="list"
          aria-expanded={offers.length > 0}
          aria-controls="find-offers"
          aria-activedescendant={active >= 0 ? `find-offer-${active}` : undefined}
          aria-invalid={fault !== undefined}
          aria-describedby={fault ? 'find-fault' : undefined}
          value={text}
          onInput={event => write(event.currentTarget.value, event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onScroll={align}
          onBlur={() => setCaret(null)}
        />
      </div>
      {text !== '' && (
        <button type="button" class="button quiet" aria-label={t('findClear')} onClick={() => write('', null)}>
          <Icon name="close" />
        </button>
      )}
      <ul id="find-offers" class="offers" role="listbox" aria-label={t('findOffers')} hidden={offers.length === 0}>
        {offers.map((offer, index) => (
          <li
            key={index}
            id={`find-offer-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={event => {
              event.preventDefault();
              take(offer);
            }}
          >
            <bdi>{visible(offer.text, 120)}</bdi>
            {offer.count !== null && <span class="more">{number(offer.count)}</span>}
          </li>
        ))}
      </ul>
      {fault && offers.length === 0 && (
        <p id="find-fault" class="fault" role="alert">
          {faultText(fault)}
        </p>
      )}
    </div>
  );
}

/** From the last offer on to none, from none to the first; and back. */
const around = (to: number, count: number): number => ((to + 1 + count + 1) % (count + 1)) - 1;

function Underlined({ text, faults }: { text: string; faults: readonly Fault[] }) {
  const parts = [];
  let at = 0;
  for (const { from, to } of faults) {
    if (from < at) continue;
    parts.push(text.slice(at, from), <u key={from}>{text.slice(from, to) || ' '}</u>);
    at = to;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}

/** What is wrong, and what would be right. */
function faultText({ code, what, from }: Fault): string {
  const key = code.replaceAll('-', '_') as Key<Fault['code']>;
  return t(`findFault_${key}`, visible(what, 200), number(from + 1));
}

type Key<S extends string> = S extends `${infer A}-${infer B}` ? `${A}_${Key<B>}` : S;
