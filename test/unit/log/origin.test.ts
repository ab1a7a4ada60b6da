import { describe, expect, it } from 'vitest';
import { originOf } from '../../../src/log/origin.ts';

const PAGE = 'https://en.example.org/wiki/Main_Page?x=1';
const LOAD = 'https://en.example.org/w/load.php?lang=en&modules=';

describe('originOf', () => {
  it.each([
    // The forms that Chromium 156 and Firefox 153 write.
    [`    at save (${LOAD}ext.wikimediaEvents&skin=vector:12:345)`, 'save (ext.wikimediaEvents:12:345)'],
    [`    at ${LOAD}ext.foo&version=abc:1:2`, 'ext.foo:1:2'],
    [`    at Object.interaction (${LOAD}a:1313:17)`, 'Object.interaction (a:1313:17)'],
    [`    at async later (${LOAD}a:1:528)`, 'later (a:1:528)'],
    [`    at new Foo (${LOAD}a:1:5)`, 'new Foo (a:1:5)'],
    [`    at Object.a b(c) [as d (e)] (${LOAD}a:1:5)`, 'Object.a b(c) [as d (e)] (a:1:5)'],
    [`    at f (${LOAD}ext.a%2Cb%7Cext.c.d,e:7:8)`, 'f (load.php[ext.a, ext.b and 2 more]:7:8)'],
    [`    at f (${LOAD}ext.a|ext.b:7:8)`, 'f (load.php[ext.a, ext.b]:7:8)'],
    [`    at f (https://en.example.org/w/extensions/Foo/modules/foo.js?1f2e3:3:4)`, 'f (Foo/modules/foo.js:3:4)'],
    [`    at f (https://en.example.org/w/resources/src/startup/mw.js:3:4)`, 'f (/w/resources/src/startup/mw.js:3:4)'],
    [`    at https://en.example.org/wiki/Main_Page?x=1:1:52`, '/wiki/Main_Page:1:52'],
    [`    at https://cdn.example.net/lib.js:1:52`, 'cdn.example.net/lib.js:1:52'],
    [
      `    at f (https://en.example.org/w/index.php?title=User:Foo/common.js&action=raw:9:1)`,
      'f (User:Foo/common.js:9:1)',
    ],
    [`    at eval (eval at start (${LOAD}startup:11:4), <anonymous>:1:13)`, 'eval (eval:1:13 in startup:11:4)'],
    [
      `    at f (eval at <anonymous> (eval at g (${LOAD}a:1:2), <anonymous>:3:4), <anonymous>:5:6)`,
      'f (eval:5:6 in eval:3:4 in a:1:2)',
    ],
    [`    at <anonymous>:1:9`, '<anonymous>:1:9'],
    [`save@${LOAD}ext.wikimediaEvents&skin=vector:12:345`, 'save (ext.wikimediaEvents:12:345)'],
    [`@${LOAD}ext.foo:1:2`, 'ext.foo:1:2'],
    [`makeTour/steps<@${LOAD}wiki.tour:1302:36`, 'makeTour/steps< (wiki.tour:1302:36)'],
    [`async*later@${LOAD}a:1:528`, 'later (a:1:528)'],
    [`setTimeout handler*f@${LOAD}a:1:528`, 'f (a:1:528)'],
    [`@https://en.example.org/wiki/Main_Page?x=1:1:52`, '/wiki/Main_Page:1:52'],
    [`@${LOAD}startup line 11 > eval:1:13`, 'eval:1:13 in startup:11'],
    [`anonymous@${LOAD}a line 2 > Function:3:13`, 'anonymous (eval:3:13 in a:2)'],
    [`f@https://user@en.example.org/w/a.js:1:2`, 'f (/w/a.js:1:2)'],
    [`@debugger eval code:9:15`, 'debugger eval code:9:15'],
  ])('%s', (frame, expected) => {
    expect(originOf(frame, PAGE)).toBe(expected);
  });

  it('takes anything, and stays short', () => {
    for (const frame of [
      '',
      '@',
      'at ',
      '    at (',
      ':1:1',
      '\ud800',
      'at f (http://[:1:1)',
      '(((('.repeat(100),
      `@${'x'.repeat(500)}:1:1`,
    ])
      expect(originOf(frame, 'about:srcdoc').length).toBeLessThanOrEqual(300);
    expect(originOf(`    at f (${LOAD}a|${'b'.repeat(150)}…${'c'.repeat(200)}:1:2)`, PAGE)).toMatch(
      /^f \(load\.php\[a, b+/,
    );
  });
});
