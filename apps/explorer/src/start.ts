// A program of its own, before that of the page: while that runs, 0.5 s, the browser starts no workers.
import { openingWeights } from './session/opening-weights.ts'
import { startWorker } from './work/start-worker.ts'

export const workers = { trainer: startWorker('train'), viewer: startWorker('view') }

/** Of the first preset. */
export const weights = openingWeights()
// On a page of another address nobody waits for them.
weights.catch(() => {})
