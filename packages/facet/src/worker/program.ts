// The program of the worker, `dist/train-worker.min.js`. Nothing imports it: scripts/build-prebuilt.mjs bundles it with all that it needs into one file.
import { builtin } from '@facet/tensor/checks'
import { fit } from '../fit.ts'
import { type Answer, type Job, PROTOCOL, type Request, toldError } from './messages.ts'

/** The other side, as a worker of a browser has it and, by the same name, one of Node. */
interface Port {
  postMessage(answer: Answer, transfer?: ArrayBuffer[]): void
}

const node = builtin<typeof import('node:worker_threads')>('node:worker_threads')?.parentPort
const isOfBrowser = typeof globalThis.postMessage === 'function'
const port = (isOfBrowser ? globalThis : node) as unknown as Port

const stop = new AbortController()

async function run({ protocol, values, target, columns, isWatched, settings }: Job): Promise<void> {
  if (protocol !== PROTOCOL)
    throw new Error(
      `trainInWorker: expected a worker of protocol ${protocol}, got one of ${PROTOCOL}: serve the file train-worker.min.js of the same version of @facet/facet`,
    )
  const model = await fit(values, {
    ...settings,
    columns,
    target,
    signal: stop.signal,
    onProgress: isWatched ? (progress) => port.postMessage(['progress', progress]) : undefined,
  })
  const bytes = (await model.save()) as Uint8Array<ArrayBuffer>
  port.postMessage(['bytes', bytes], [bytes.buffer])
}

function hear(request: Request): void {
  if ('stop' in request) stop.abort()
  else
    run(request.job).catch((error) =>
      port.postMessage(error === stop.signal.reason ? ['stopped', null] : ['error', toldError(error)]),
    )
}

if (isOfBrowser) globalThis.onmessage = ({ data }) => hear(data)
else node?.on('message', hear)
port.postMessage(['ready', PROTOCOL])
