import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node' } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          environment: 'node',
          // Files share nothing but the packed extension: each has a browser, a profile, and free ports of its own.
          maxWorkers: 2,
          testTimeout: process.env['FULL'] ? 1_200_000 : 120_000,
          hookTimeout: 120_000,
          retry: 0,
        },
      },
    ],
  },
});
