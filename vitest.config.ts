import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumPath, isRequired } from './scripts/chromium.ts'
import rasterisers from './scripts/rasterisers.json' with { type: 'json' }

// Packages resolve each other from TypeScript source. Vite's own conditions stay behind ours.
const conditions = ['facet-source', 'node', 'import', 'module', 'default']
const report = process.env.FACET_TEST_REPORT

// Where there is no chromium its tests are left out, unless they are asked for (as .ci/run does).
const hasBrowser = chromiumPath !== undefined || isRequired

// Tests of many trials try a share of them (tests/trials.ts), and all where this says 1.
const share = process.env.FACET_TEST_SHARE
const provide = { share: share === undefined ? null : Number(share) }

// On another rasteriser it is kernels that may differ, not what trains with them; all run on llvmpipe, which makes them in a third of the time.
const kernels = [
  'packages/tensor/src/backends/gpu/**/*.browser.test.ts',
  'packages/models/src/layers/codes.browser.test.ts',
]

// Tests that run in the page themselves: the GPU backend.
const browser = {
  extends: true as const,
  resolve: { conditions: ['facet-source', 'browser', 'import', 'module', 'default'] },
  // Found while tests run, they would be bundled then and the page loaded anew.
  optimizeDeps: { include: ['gpu.js', 'fast-check'] },
  // Isolates the page, so that threads may share its memory.
  server: {
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  },
  test: {
    name: 'browser',
    include: ['packages/*/src/**/*.browser.test.ts'],
    // Making a step's kernels takes 5 to 25 s, and as many times longer as a machine is busy.
    testTimeout: 600_000,
    provide,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      ui: false,
      // Against a browser that never starts: it starts while all else does, and vitest's 60 s are for a quiet machine.
      connectTimeout: 300_000,
      fileParallelism: false,
      // Two rasterisers, for they catch different bugs: Vulkan on SwiftShader under ANGLE, and Mesa's llvmpipe under ANGLE's OpenGL.
      instances: Object.entries(rasterisers).map(([name, flags]) => ({
        browser: 'chromium' as const,
        name: `browser ${name}`,
        provide: { ...provide, rasteriser: name },
        ...(name === 'llvmpipe' ? {} : { include: kernels }),
        provider: playwright({
          launchOptions: {
            executablePath: chromiumPath,
            args: ['--no-sandbox', '--disable-gpu-sandbox', ...flags],
          },
        }),
      })),
    },
  },
}

// The same tests in Node, through headless GL, where `pnpm headless` has compiled it and there is a display to draw through.
const hasHeadless =
  existsSync('bench/node_modules/gl/build/Release/webgl.node') && process.env.DISPLAY !== undefined
const headless = {
  extends: true as const,
  test: {
    name: 'headless',
    include: kernels,
    // Headless GL cannot lose its context, and Node's workers are others.
    exclude: ['**/{lost,worker}.browser.test.ts'],
    setupFiles: ['bench/gpu/headless/setup.ts'],
    provide,
    testTimeout: browser.test.testTimeout,
  },
}

const unit = ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tests/**/*.test.ts']
const notUnit = [
  '**/*.slow.test.ts',
  '**/*.page.test.ts',
  '**/*.browser.test.ts',
  '**/node_modules/**',
  '**/dist/**',
]
// Tests that replace modules, or look at what a process has one of (memory, constants, backends,
// flags of V8, warnings said once): each loads all anew.
const alone = [
  'apps/explorer/src/share/node-program.test.ts',
  'packages/geometry/src/plane/core/kernels.test.ts',
  'packages/lab/src/studies/loads.test.ts',
  'packages/lab/src/studies/paper-table/same-path.test.ts',
  'packages/models/src/copy.test.ts',
  'packages/models/src/region/search/kernels.test.ts',
  'packages/models/src/region/local-map-cost.test.ts',
  'packages/models/src/training/yield.test.ts',
  'packages/regularizers/src/lie-group.test.ts',
  'packages/tensor/src/{copies,errors,init,kernel-files,memory,record,scope}.test.ts',
  'packages/tensor/src/backends/gpu/unavailable.test.ts',
  'packages/tensor/src/backends/wasm/{collected,memory,relaxed}.test.ts',
  'packages/tensor/src/backends/wasm/threads/*.test.ts',
  'packages/tensor/src/ops/operand.test.ts',
  'tests/step-memory.test.ts',
]

const bundledWorkerEntry = fileURLToPath(
  new URL('packages/lab/src/testing/bundled-worker-entry.ts', import.meta.url),
)

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['facet-source', 'node'] } },
  test: {
    // Against tests that hang, not slow machines: vitest's 5 s were too short for 8 of 4,800 tests on two cores with a load of 16.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['scripts/build-kernels.mjs', 'scripts/build-prebuilt.mjs'],
    // Vitest leaves one core free: of two that is half of them (5 min 08 s instead of 3 min 53 s).
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: unit,
          exclude: [...notUnit, ...alone],
          // Loading the sources anew for each of 240 files took half of the time: 131 s, 64 with this.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'unit alone', include: alone, exclude: notUnit },
      },
      {
        extends: true,
        // Pools of the tests themselves start their workers from the bundle as well.
        resolve: { alias: [{ find: /^\.{1,2}\/(.*\/)?worker-entry\.ts$/, replacement: bundledWorkerEntry }] },
        test: {
          name: 'slow',
          include: ['packages/*/src/**/*.slow.test.ts'],
          globalSetup: ['scripts/bundle-command.ts'],
          // Whole trainings, killed and resumed: 6 s each alone, above 120 while two browsers draw on both cores.
          testTimeout: 600_000,
        },
      },
      {
        // Pages in a real browser: Debian's chromium, driven from Node.
        extends: true,
        test: {
          name: 'pages',
          globalSetup: ['apps/explorer/scripts/build.mjs'],
          include: [
            'packages/*/src/**/*.page.test.ts',
            'apps/*/src/**/*.page.test.ts',
            'tests/**/*.page.test.ts',
          ],
          testTimeout: 600_000,
          // Vitest's second is for a quiet machine.
          expect: { poll: { timeout: 120_000 } },
        },
      },
      ...(hasBrowser ? [browser] : []),
      ...(hasHeadless ? [headless] : []),
    ],
  },
})
