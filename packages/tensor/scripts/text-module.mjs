import { textOf } from './kernel-text.mjs'

/**
 * Lines of a module with the WebAssembly of modules as text, which programs that are built for kernels as files leave out: bundlers put a text in the place
 * of `FACET_KERNELS`, and the minifier takes the branch.
 *
 * @param what the modules are
 */
export const textLines = (what, modules, version) => [
  '/** What files of these kernels are of, too: see kernel-modules.ts. */',
  `export const version = '${version}'`,
  'declare const FACET_KERNELS: string | undefined',
  `/** ${what}: see kernel-text.ts. */`,
  `export const kernels: string = typeof FACET_KERNELS === 'string' ? '' : "${textOf(modules)}"`,
]
