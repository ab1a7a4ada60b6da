import { usePanel, useStore } from '../shared/use-panel.ts';
import { type Tests, testsOf, type TestsState } from './tests.ts';

export const useTests = (): Tests => testsOf(usePanel());

/** A part of the state of test sessions; the view is drawn again when it is another. */
export function useTestsState<T>(select: (state: TestsState) => T): T {
  return useStore(useTests().state, select);
}
