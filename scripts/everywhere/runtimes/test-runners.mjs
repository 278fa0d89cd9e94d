import { tools } from '../tools.mjs'

const flag = '`NODE_OPTIONS=--experimental-vm-modules`'

export const testRunners = [
  {
    name: 'vitest',
    title: 'vitest, also with jsdom',
    tools: tools('vitest', 'vite', 'jsdom'),
    imported: '`import`',
  },
  { name: 'jest', title: 'jest', tools: tools('jest'), imported: '`import`', say: flag },
  {
    name: 'jest-jsdom',
    title: 'jest with jsdom',
    tools: tools('jest', 'jest-environment-jsdom'),
    imported: '`import`',
    say: `${flag}, an environment that has \`TextEncoder\``,
    files: ['jest'],
  },
  {
    name: 'jsdom',
    title: 'jsdom',
    tools: tools('jsdom', 'esbuild'),
    imported: '`import`, bundled as a script',
  },
]
