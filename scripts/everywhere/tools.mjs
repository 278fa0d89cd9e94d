// Tools of runtimes, each in one version: the newest whose `engines` have Node 20 on 2026-11-30.
const versions = {
  '@rollup/plugin-node-resolve': '16.0.3',
  bun: '1.4.5',
  deno: '2.9.6',
  esbuild: '0.28.2',
  jest: '30.5.2',
  'jest-environment-jsdom': '30.5.2',
  jsdom: '29.1.1',
  miniflare: '4.20260426.0',
  next: '16.4.6',
  react: '19.3.1',
  'react-dom': '19.3.1',
  rollup: '4.68.8',
  vite: '8.4.0',
  vitest: '4.1.12',
  webpack: '5.113.0',
  'webpack-cli': '7.3.1',
}

/** What npm installs beside Facet. @throws Error for a tool without a version */
export const tools = (...names) =>
  Object.fromEntries(
    names.map((name) => {
      if (!Object.hasOwn(versions, name))
        throw new Error(`everywhere: expected a version of '${name}' in tools.mjs`)
      return [name, versions[name]]
    }),
  )
