/** JUnit's XML, as CI systems read it. */

/** Text of others on a terminal or in XML 1.0: without controls. */
export const harmless = (text: string): string =>
  text.replace(/[\p{Cc}\p{Bidi_Control}\p{Cs}\ufffe\uffff]/gu, '\ufffd');

const ENTITIES: { [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Text for an element or an attribute in double quotes. */
export const xml = (text: string): string =>
  text
    .split('\n')
    .map(harmless)
    .join('\n')
    .replace(/[&<>"\n]/g, character => ENTITIES[character] ?? '');

export interface TestCase {
  classname: string;
  name: string;
  failure?: { type: string; message: string; text: string };
  skipped?: string;
  output?: string;
}

const LONGEST_MESSAGE = 500;

/** One test case as a line. */
export function testCase({ classname, name, failure, skipped, output }: TestCase): string {
  const inside = [
    ...(failure
      ? [
          `<failure type="${xml(failure.type)}" message="${xml(failure.message.slice(0, LONGEST_MESSAGE))}">${xml(failure.text)}</failure>`,
        ]
      : []),
    ...(skipped === undefined ? [] : [`<skipped message="${xml(skipped)}"/>`]),
    ...(output ? [`<system-out>${xml(output)}</system-out>`] : []),
  ].join('');
  return `    <testcase classname="${xml(classname)}" name="${xml(name)}">${inside}</testcase>\n`;
}

/** A whole file of one suite. `cases` are lines of `testCase`. */
export function testSuite(
  name: string,
  cases: readonly string[],
  counts: { failures: number; skipped?: number },
): string {
  const { failures, skipped = 0 } = counts;
  const told = `tests="${cases.length}" failures="${failures}"${skipped > 0 ? ` skipped="${skipped}"` : ''}`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="${cases.length}" failures="${failures}">\n` +
    `  <testsuite name="${xml(name)}" ${told}>\n${cases.join('')}  </testsuite>\n</testsuites>\n`
  );
}
