// Pages without a framework.
import { tools } from '../tools.mjs'

const page = { browser: 'chromium' }
const bundled = { ...page, tools: tools('esbuild'), imported: '`import`, bundled', folder: 'dist' }

/** Pages that need no bundler. */
export const plainPages = [
  {
    ...page,
    name: 'import-map',
    title: 'a page with an import map',
    imported: '`import`, by the map',
    inCi: true,
  },
  { ...page, name: 'script', title: 'a page with a script', imported: '`<script src="facet.min.js">`' },
  {
    name: 'firefox',
    title: 'Firefox, the page with a map',
    imported: '`import`, by the map',
    files: ['import-map'],
    browser: 'firefox-esr',
  },
]

export const workers = [
  {
    ...page,
    name: 'script-thread',
    title: 'a page with a script and a policy, `trainInWorker`',
    imported: '`<script src="facet.min.js">`',
    say: "`script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'`",
    inCi: true,
  },
  {
    name: 'firefox-thread',
    title: 'Firefox, the same',
    imported: '`<script src="facet.min.js">`',
    files: ['script-thread'],
    browser: 'firefox-esr',
  },
  { ...bundled, name: 'worker', title: 'a module worker', inCi: true },
  {
    ...page,
    name: 'vite-worker',
    title: 'a module worker, by Vite',
    tools: tools('vite'),
    imported: '`import`',
    files: ['worker'],
    folder: 'dist',
  },
  {
    ...page,
    name: 'service-worker',
    title: 'a service worker',
    tools: tools('esbuild'),
    imported: '`import`, bundled into one file',
  },
]

export const policies = [
  {
    ...bundled,
    name: 'csp',
    title: 'a policy with `wasm-unsafe-eval`',
    say: "`script-src 'self' 'wasm-unsafe-eval'`",
    files: ['vite'],
    commands: ['esbuild'],
    inCi: true,
  },
  {
    ...bundled,
    name: 'csp-no-wasm',
    title: 'a policy without it',
    say: 'nothing: plain loops compute',
    files: ['vite'],
    commands: ['esbuild'],
    notes: [/computing with 'reference', some ten times slower$/, /script-src blocks wasm-eval/],
    inCi: true,
  },
  {
    ...bundled,
    name: 'score',
    title: 'a policy without it, scoring alone',
    imported: "`import … from '@facet/facet/score'`, bundled",
    files: ['vite'],
    inCi: true,
  },
]
