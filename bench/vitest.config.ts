import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const conditions = ['facet-source', 'node', 'import', 'module', 'default']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['facet-source', 'node'] } },
  test: {
    globalSetup: ['../packages/tensor/scripts/build-kernels.mjs'],
    name: 'bench',
    include: ['src/**/*.test.ts', 'gpu/**/*.test.ts'],
    // Vitest leaves one core free: of two that is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
  },
})
