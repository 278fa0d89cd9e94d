// All of the package as `dist/facet.min.js`, for a plain script tag: the global `facet`. Nothing imports it: scripts/build-prebuilt.mjs bundles it into one file.
export * from '../index.ts'
/** Models that are trained, without the engine: `facet.score.load`. */
export * as score from '../score/index.ts'
export { trainInWorker } from '../worker/index.ts'
/** What browsers keep: `facet.stores.names`, `facet.stores.remove`. */
export * as stores from './stores.ts'
