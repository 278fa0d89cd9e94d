import { pathToFileURL } from 'node:url'
import { bundleOf } from './starts.ts'

/** Stands for that of `worker-entry.ts` in tests whose pools start many workers (`vitest.config.ts`). */
export const workerEntry = pathToFileURL(bundleOf('worker'))
