import { number } from '../i18n.ts';
import { Icon } from './icon.tsx';
import './search.css';

interface Props {
  label: string;
  value: string;
  onInput: (query: string) => void;
  /** How many there are, and how many of them fit. */
  all: number;
  shown: number;
}

/** The words by which a list is narrowed, and what is left of it. */
export function SearchField({ label, value, onInput, all, shown }: Props) {
  return (
    <div class="search">
      <Icon name="search" />
      <input
        type="search"
        placeholder={label}
        aria-label={label}
        value={value}
        onInput={event => onInput(event.currentTarget.value)}
      />
      <span class="more">{shown === all ? number(all) : `${number(shown)} / ${number(all)}`}</span>
    </div>
  );
}
