import { tools } from '../tools.mjs'

const next = {
  tools: tools('next', 'react', 'react-dom'),
  browser: 'chromium',
  server: (port) => ['npx', 'next', 'start', '--port', port],
  routes: ['api'],
  limit: 300,
}

export const servers = [
  {
    name: 'workerd',
    title: 'workerd',
    tools: tools('miniflare', 'esbuild'),
    imported: '`import`, bundled; kernels are a module',
    say: '`init({ kernels })`',
    inCi: true,
  },
  {
    ...next,
    name: 'next',
    title: 'Next: client component, server component, route',
    imported: '`import`',
  },
  {
    ...next,
    name: 'next-thread',
    title: 'Next, `trainInWorker` in the client component',
    imported: "`import … from '@facet/facet/worker'`",
    files: ['next'],
    commands: ['next'],
  },
]
