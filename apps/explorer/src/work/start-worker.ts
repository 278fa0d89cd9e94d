/** What a worker does: train, look at the weights, or read a file. */
export type WorkerPart = 'train' | 'view' | 'file'

/** All workers are one program, which knows its part by its name: what they have in common is loaded once. */
export const startWorker = (name: WorkerPart): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name })
