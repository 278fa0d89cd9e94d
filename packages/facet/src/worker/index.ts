export { trainInWorker, type WorkerFitOptions } from './train-in-worker.ts'
