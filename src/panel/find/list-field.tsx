import { completions } from '../../log/query/complete.ts';
import type { Fields } from '../../log/query/compile.ts';
import type { Fault } from '../../log/query/syntax.ts';
import { number } from '../i18n.ts';
import { QueryField } from './query-field.tsx';
import { useSlash } from './use-slash.ts';

interface Props<T> {
  items: readonly T[];
  fields: Fields<T>;
  /** What is looked for, what is wrong with it, and how many of how many are found. */
  text: string;
  faults: readonly Fault[];
  found: number;
  all: number;
  onWrite(text: string): void;
  label: string;
}

/** The query field over the list of a view: the same language, with the fields of that list. */
export function ListField<T>({ items, fields, text, faults, found, all, onWrite, label }: Props<T>) {
  useSlash();
  return (
    <div class="find" role="search">
      <QueryField
        text={text}
        faults={faults}
        complete={(query, caret) => completions(query, caret, items, fields)}
        onWrite={onWrite}
        label={label}
        hint={label}
      />
      <span class="found" role="status">
        {found === all ? number(all) : `${number(found)} / ${number(all)}`}
      </span>
    </div>
  );
}
