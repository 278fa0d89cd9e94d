import { defineConfig } from 'vitest/config'

const conditions = ['facet-source', 'node', 'import', 'module', 'default']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['facet-source', 'node'] } },
  test: {
    globalSetup: ['../packages/tensor/scripts/build-kernels.mjs'],
    name: 'bench',
    include: ['src/**/*.test.ts', 'gpu/**/*.test.ts'],
    testTimeout: 60_000,
  },
})
