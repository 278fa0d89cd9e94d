import { defineConfig } from 'vite'

/** The page from the packages' sources. Every address is relative, so that the folder can be served from any path. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions: ['facet-source', 'browser', 'import', 'module', 'default'] },
  // Kernels are files beside the page: compiled as they come, and no text of them is in a program.
  define: { FACET_KERNELS: '"files"' },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // three.js is 520 KB, in a program of its own.
    chunkSizeWarningLimit: 700,
  },
})
