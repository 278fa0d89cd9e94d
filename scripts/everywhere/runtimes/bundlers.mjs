// Bundlers, whose page is opened in Chromium.
import { tools } from '../tools.mjs'

const page = { files: ['vite'], browser: 'chromium', imported: '`import`', folder: 'dist' }
const threadPage = {
  ...page,
  files: ['vite', 'page-thread'],
  imported: "`import … from '@facet/facet/worker'`",
}

const vite = {
  tools: tools('vite'),
  server: (port) => ['npx', 'vite', 'preview', '--port', port, '--strictPort'],
  commands: ['vite'],
}
const webpack = { tools: tools('webpack', 'webpack-cli'), commands: ['webpack'] }
const esbuild = { tools: tools('esbuild') }

export const bundlers = [
  { ...page, ...vite, name: 'vite', title: 'Vite', inCi: true },
  { ...page, ...webpack, name: 'webpack', title: 'webpack' },
  { ...page, ...esbuild, name: 'esbuild', title: 'esbuild', inCi: true },
  {
    ...page,
    name: 'rollup',
    title: 'rollup',
    tools: tools('rollup', '@rollup/plugin-node-resolve'),
    say: '`--plugin node-resolve`',
  },
]

/** The same with `trainInWorker`. */
export const threadBundlers = [
  { ...threadPage, ...vite, name: 'vite-thread', title: 'Vite, `trainInWorker`' },
  { ...threadPage, ...webpack, name: 'webpack-thread', title: 'webpack, `trainInWorker`' },
  {
    ...threadPage,
    ...esbuild,
    name: 'esbuild-thread',
    title: 'esbuild, `trainInWorker`',
    say: '`{ worker }`, the address of a copied file',
  },
]
