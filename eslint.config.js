import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/** The rooms by floor, from the ground. A room imports only from floors below it, and from itself. */
const FLOORS = [
  ['platform', 'record'],
  ['recording'],
  ['wire', 'capture', 'overrides', 'validation'],
  ['page', 'background', 'log', 'checks'],
  ['test-session'],
  ['panel', 'cli'],
  ['extension'],
];

const rooms = FLOORS.flatMap((floor, level) => floor.map(room => ({ room, level })));

export default tseslint.config(
  { ignores: ['dist/', 'release/', 'node_modules/', 'test/bench/results/', 'test/results/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-console': 'error',
    },
  },
  { files: ['src/cli/**', 'test/**', '*.config.*'], rules: { 'no-console': 'off' } },
  { files: ['test/wiki/modules/**'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['src/**', 'extension/**'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
      'boundaries/include': ['src/**', 'extension/**'],
      'boundaries/elements': rooms.map(({ room }) => ({
        type: room,
        pattern: room === 'extension' ? 'extension' : `src/${room}`,
      })),
    },
    rules: {
      'boundaries/no-unknown-dependencies': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          message: '{{from.element.type}} may import only from floors below it, not from {{to.element.type}}',
          policies: rooms.map(({ room, level }) => ({
            from: { element: { type: room } },
            allow: {
              to: {
                element: {
                  types: { anyOf: [room, ...rooms.filter(other => other.level < level).map(other => other.room)] },
                },
              },
            },
          })),
        },
      ],
    },
  },
);
