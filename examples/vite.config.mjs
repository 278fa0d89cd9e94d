// `npx vite examples` shows the pages, from the packages' sources.
export default {
  resolve: { conditions: ['facet-source', 'browser', 'import', 'module', 'default'] },
  build: { target: 'es2022' },
}
