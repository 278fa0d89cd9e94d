// Bundlers, whose page is opened in Chromium.
const page = { files: ['vite'], browser: 'chromium' }

export const bundlers = [
  {
    ...page,
    name: 'vite',
    title: 'Vite',
    tools: { vite: '8.4.0' },
    imported: '`import`',
    server: (port) => ['npx', 'vite', 'preview', '--port', port, '--strictPort'],
    inCi: true,
  },
  {
    ...page,
    name: 'webpack',
    title: 'webpack',
    tools: { webpack: '5.113.0', 'webpack-cli': '7.3.1' },
    imported: '`import`',
    folder: 'dist',
  },
  {
    ...page,
    name: 'esbuild',
    title: 'esbuild',
    tools: { esbuild: '0.28.2' },
    imported: '`import`',
    folder: 'dist',
    inCi: true,
  },
  {
    ...page,
    name: 'rollup',
    title: 'rollup',
    tools: { rollup: '4.68.8', '@rollup/plugin-node-resolve': '16.0.3' },
    imported: '`import`',
    say: '`@rollup/plugin-node-resolve`',
    folder: 'dist',
  },
]
