const flag = '`NODE_OPTIONS=--experimental-vm-modules`'
export const serversAndTests = [
  {
    name: 'workerd',
    title: 'workerd',
    tools: { miniflare: '4.20260426.0', esbuild: '0.28.2' },
    imported: '`import`, bundled; kernels are a module',
    say: '`init({ kernels })`',
    inCi: true,
  },
  {
    name: 'next',
    title: 'Next, client and server',
    tools: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
    imported: '`import`',
    browser: 'chromium',
    server: (port) => ['npx', 'next', 'start', '--port', port],
    limit: 300,
  },
  {
    name: 'vitest',
    title: 'vitest, also with jsdom',
    tools: { vitest: '4.1.12', vite: '8.4.0', jsdom: '29.1.1' },
    imported: '`import`',
  },
  { name: 'jest', title: 'jest', tools: { jest: '30.5.2' }, imported: '`import`', say: flag },
  {
    name: 'jest-jsdom',
    title: 'jest with jsdom',
    tools: { jest: '30.5.2', 'jest-environment-jsdom': '30.5.2' },
    imported: '`import`',
    say: `${flag}, an environment that has \`TextEncoder\``,
    files: ['jest'],
  },
  {
    name: 'jsdom',
    title: 'jsdom',
    tools: { jsdom: '29.1.1', esbuild: '0.28.2' },
    imported: '`import`, bundled as a script',
  },
]
