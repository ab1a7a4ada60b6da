/** The plan of the wiki's page "Dialog", and which expectation of it names which broken build. */
export const DIALOG_PLAN = 'test/wiki/plans/dialog.yaml';
export const DIALOG_STEPS = 'test/wiki/plans/dialog.js';
export const EXPECTATIONS = 21;
export const CAUGHT: { readonly [broken: string]: readonly string[] } = {
  none: [],
  'missing-action': ['A choice is told'],
  'wrong-type': ['The chosen size is a text'],
  duplicate: ['Closing is not told twice'],
  'wrong-order': ['Saving comes before closing'],
  'before-consent': ['Nothing before consent'],
};
