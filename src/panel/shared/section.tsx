import type { ComponentChildren } from 'preact';
import type { Cell } from '../events/cells.ts';
import { Icon } from './icon.tsx';
import { visible } from './text.ts';

interface Props {
  title: string;
  /** How it stands, in a word of a closed list. */
  cell?: Cell;
  children: ComponentChildren;
  tools?: ComponentChildren;
}

/** A part of the details of a record. */
export function Section({ title, cell, children, tools }: Props) {
  return (
    <section>
      <h3>
        {title}
        {cell && (
          <span class="state" data-tone={cell.tone}>
            {cell.icon && <Icon name={cell.icon} />}
            {cell.word}
            {cell.more && <span class="more"> {visible(cell.more, 80)}</span>}
          </span>
        )}
        {tools && <span class="tools">{tools}</span>}
      </h3>
      {children}
    </section>
  );
}
