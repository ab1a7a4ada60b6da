import type { ContextFact } from '../../record/facts.ts';
import type { Draft } from './draft.ts';
import type { Known } from './known.ts';

/** What the fields of a rule are given. */
export interface FieldsProps {
  known: Known;
  context: ContextFact | null;
  draft: Draft;
  write: (change: Partial<Draft>) => void;
  errorAt: (...fields: string[]) => string | null;
}
