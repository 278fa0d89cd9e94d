import { defineConfig } from 'vitest/config'

// Packages resolve each other from TypeScript source. Vite's own conditions stay behind ours.
const conditions = ['facet-source', 'node', 'import', 'module', 'default']
const report = process.env.FACET_TEST_REPORT

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['facet-source', 'node'] } },
  test: {
    globalSetup: ['packages/tensor/scripts/build-kernels.mjs'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: ['**/*.slow.test.ts', '**/*.page.test.ts', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: ['packages/*/src/**/*.slow.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        // Pages in a real browser: Debian's chromium, driven from Node.
        extends: true,
        test: {
          name: 'pages',
          include: ['packages/*/src/**/*.page.test.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
})
