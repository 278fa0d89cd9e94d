import { defineConfig, type Plugin, runnerImport } from 'vite'

/** The packages' sources. */
const conditions = ['facet-source', 'browser', 'import', 'module', 'default']

const opening = 'virtual:opening-weights'

/** The address of a file with the weights of the first preset, which are trained here, to the same bits as in a page. */
const openingWeights = (): Plugin => ({
  name: 'opening-weights',
  resolveId: (id) => (id === opening ? `\0${opening}` : null),
  async load(id) {
    if (id !== `\0${opening}`) return null
    const { module } = await runnerImport<typeof import('./src/run/train-preset.ts')>(
      `${import.meta.dirname}/src/run/train-preset.ts`,
      {
        configFile: false,
        logLevel: 'error',
        // The packages' sources, built or not.
        environments: { inline: { resolve: { conditions: ['facet-source'], noExternal: true } } },
      },
    )
    const weights = await module.trainedPreset()
    const source = new Uint8Array(weights.buffer)
    const file = this.emitFile({ type: 'asset', name: 'opening.weights', source })
    return `export default import.meta.ROLLUP_FILE_URL_${file}`
  },
})

/** `src/start.ts` as a script of its own in front of the page's: what a page has as scripts becomes one program otherwise. */
const startFirst = (): Plugin => {
  const name = 'start'
  return {
    name,
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: `${import.meta.dirname}/src/start.ts`, name })
    },
    transformIndexHtml: (html, { bundle = {} }) => {
      const isStart = (file: (typeof bundle)[string]) =>
        file.type === 'chunk' && file.facadeModuleId?.endsWith('/src/start.ts')
      const { fileName } = Object.values(bundle).find(isStart)!
      const script = '<script type="module" crossorigin src="./'
      return html.replace(script, `${script}${fileName}"></script>\n    ${script}`)
    },
  }
}

/** What several programs have in common is one file: of forty small ones loading takes longer, and they compress worse. */
const sharedAs = (name: string, ...first: { name: string; test: RegExp }[]) => ({
  codeSplitting: {
    groups: [...first.map((group) => ({ ...group, priority: 1 })), { name, minShareCount: 2 }],
  },
})

/** The page from the packages' sources. Every address is relative, so that the folder can be served from any path. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions },
  plugins: [openingWeights(), startFirst()],
  // Kernels are files beside the page: compiled as they come, and no text of them is in a program.
  define: { FACET_KERNELS: '"files"' },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: sharedAs('engine', { name: 'worker-start', test: /work.(kernels|channel)/ }),
    },
  },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file, which the page has from the beginning: that of a program which is loaded later would come after its first picture.
    cssCodeSplit: false,
    // three.js is 520 KB, in a program of its own.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Training the preset takes most of a build.
      checks: { pluginTimings: false },
      output: sharedAs('page', { name: 'start', test: /src.(start|session.opening|work.start-)/ }),
    },
  },
})
