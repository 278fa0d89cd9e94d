import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { fit } from '../fit.ts'
import type { FitProgress } from '../options.ts'
import type { RowsInput } from '../rows/table.ts'
import { trainInWorker, type WorkerFitOptions } from './train-in-worker.ts'

const file = new URL('../../dist/train-worker.min.js', import.meta.url)
const lists = (count: number): number[][] =>
  Array.from({ length: count }, (_, i) => [Math.sin(i), Math.cos(i), Math.sin(i) * Math.cos(i)])
const small = { bottleneck: 1, epochs: 4, hidden: [8] } satisfies WorkerFitOptions
/** Ends with the test alone. */
const endless = { ...small, epochs: 1_000_000 }

/** What came of a call that is refused. */
const refusal = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'nothing',
    ({ name, message, constructor }) => ({ name, message, kind: constructor.name }),
  )

describe('trainInWorker', () => {
  const numbers = lists(120)
  const named = numbers.map(([a, b, c]) => ({ a, b, c }))
  const withHoles = named.map((row, i) => (i % 9 === 4 ? { ...row, b: null, c: i % 2 === 0 } : row))
  const byColumn = {
    a: Float32Array.from(numbers, ([a]) => a),
    b: numbers.map(([, b]) => b),
    c: numbers.map(([, , c]) => c),
  }
  const cases: [string, RowsInput, WorkerFitOptions][] = [
    ['lists', numbers, {}],
    ['lists whose columns have names', numbers, { columns: ['x', 'y', 'z'], normalise: 'range' }],
    ['objects, some without a value', withHoles, { missing: 'median', seed: 'two' }],
    ['objects, of which two columns are used', withHoles, { columns: ['c', 'a'] }],
    ['an object of columns', byColumn, { skip: 'pca', hidden: undefined }],
    ['a typed array', Float32Array.from(numbers.flat()), { columns: 3, alarms: 0.05, memory: 10 }],
    ['a typed array with names', Float64Array.from(numbers.flat()), { columns: ['x', 'y', 'z'] }],
    ['pairs', numbers.map((row) => row.map((x) => x + 0.1)), { target: numbers, validation: 0.3 }],
    ['named pairs', named, { target: byColumn, patience: 2 }],
  ]
  it.each(cases)('gives the model of fit, to the bit, of %s', async (_, rows, given) => {
    const [there, here] = await Promise.all([
      trainInWorker(rows, { ...small, ...given }),
      fit(rows, { ...small, ...given }),
    ])
    expect(there.columns).toEqual(here.columns)
    expect(there.report).toEqual(here.report)
    expect(there.threshold).toBe(here.threshold)
    expect(there.score(rows)).toEqual(here.score(rows))
    expect(there.explain(rows).slice(0, 9)).toEqual(here.explain(rows).slice(0, 9))
    expect(there.outside(rows)).toEqual(here.outside(rows))
    // What it goes on from, too.
    expect(Buffer.compare(await there.save(), await here.save())).toBe(0)
  })

  it('leaves the rows that it was given as they are', async () => {
    const rows = Float64Array.from(numbers.flat())
    await trainInWorker(rows, { ...small, columns: 3, target: rows })
    expect(rows).toEqual(Float64Array.from(numbers.flat()))
  })

  it('says how far it is, at last that all is done', async () => {
    const seen: FitProgress[] = []
    const { report } = await trainInWorker(numbers, {
      ...small,
      epochs: 1500,
      onProgress: (progress) => void seen.push(progress),
    })
    expect(seen.length).toBeGreaterThan(1)
    expect(seen.map(({ step }) => step)).toEqual(seen.map(({ step }) => step).sort((a, b) => a - b))
    const { epoch, epochs, step, steps, remaining, error } = seen.at(-1)!
    expect({ epoch, epochs, step: step === steps, remaining }).toEqual({
      epoch: 1500,
      epochs: 1500,
      step: true,
      remaining: 0,
    })
    expect(error).toBeGreaterThanOrEqual(report.error.validation!)
  })
})

describe('a signal', () => {
  it('ends the training with the best weights so far', async () => {
    const stop = new AbortController()
    const worker = new Worker(file)
    const ended = once(worker, 'exit')
    const model = await trainInWorker(lists(100), {
      ...endless,
      worker,
      signal: stop.signal,
      onProgress: ({ epoch }) => void (epoch > 2 && stop.abort()),
    })
    expect(model.report.endedBy).toBe('signal')
    expect(model.report.epochs).toBeGreaterThan(2)
    expect(model.score(lists(5))).toHaveLength(5)
    await ended
  })

  it('rejects with its reason where no epoch is done, as fit does, and the worker ends', async () => {
    const stop = new AbortController()
    const worker = new Worker(file)
    const ended = once(worker, 'exit')
    const training = trainInWorker(lists(20_000), { ...endless, batchSize: 1, worker, signal: stop.signal })
    const reason = new Error('no longer wanted')
    stop.abort(reason)
    await expect(training).rejects.toBe(reason)
    await ended
  })

  it('that was aborted before starts no worker', async () => {
    const reason = new Error('no longer wanted')
    const training = trainInWorker(lists(9), { worker: 'none.js', signal: AbortSignal.abort(reason) })
    await expect(training).rejects.toBe(reason)
  })
})

describe('errors', () => {
  const rows = lists(30)
  it.each<[string, RowsInput, object]>([
    ['no rows', [], {}],
    ['rows without columns', [[], []], {}],
    ['rows of one column', [[1], [2]], {}],
    ['objects without columns', [{}, {}], {}],
    ['no table', 'rows' as never, {}],
    [
      'a text among numbers',
      [
        [1, 2],
        [3, 'four' as never],
      ],
      {},
    ],
    [
      'missing values',
      [
        [1, 2],
        [3, null],
        [4, 5],
      ],
      {},
    ],
    ['infinity', Float32Array.of(1, 2, 3, Infinity), { columns: 2 }],
    ['an unknown store of options', rows, { hidden: [0] }],
    ['a bottleneck that is no count', rows, { bottleneck: 0 }],
    ['a wide bottleneck', rows, { bottleneck: 9 }],
    ['a large batch', rows, { batchSize: 99 }],
    ['too few targets', rows, { target: [[1, 2, 3]] }],
    ['targets that miss', rows, { target: rows.map(([a, b], i) => [a, b, i === 7 ? null : 1]) }],
    ['what is no signal', rows, { signal: 3 }],
    ['what is no function', rows, { onProgress: 'log' }],
  ])('are those of fit: %s', async (_, rows, given) => {
    const there = await refusal(trainInWorker(rows, { ...small, ...given } as never))
    expect(there).toEqual(await refusal(fit(rows, { ...small, ...given } as never)))
    expect(there).toHaveProperty('message')
  })

  it('say what to do instead of a loss in the worker', async () => {
    await expect(trainInWorker(rows, { loss: () => 0 } as never)).rejects.toThrow(
      'trainInWorker: loss: a function cannot go to a worker; fit(rows, { loss }) trains on this thread',
    )
  })

  it('tell what the options are, with that of the worker', async () => {
    await expect(trainInWorker(rows, { bottelneck: 2 } as never)).rejects.toThrow(
      /unknown option 'bottelneck'; did you mean 'bottleneck'\? Known: columns, .*, worker/,
    )
    await expect(trainInWorker(rows, { worker: 3 } as never)).rejects.toThrow(
      'worker: expected the address of a file, a text or a URL, or a worker, got 3',
    )
  })

  it('of onProgress reject, and end the worker', async () => {
    const worker = new Worker(file)
    const ended = once(worker, 'exit')
    const mistake = new Error('no such element')
    const onProgress = (): never => {
      throw mistake
    }
    await expect(trainInWorker(rows, { ...endless, worker, onProgress })).rejects.toBe(mistake)
    await ended
  })

  it('in the worker end it', async () => {
    const worker = new Worker(file)
    const ended = once(worker, 'exit')
    await expect(trainInWorker(rows, { bottleneck: 9, worker })).rejects.toThrow(
      'fit: bottleneck: expected at most 3',
    )
    await ended
  })
})

describe('a worker', () => {
  const rows = lists(60)
  const program = (text: string): Worker => new Worker(text, { eval: true })

  it('starts from the address of a copy', async () => {
    const model = await trainInWorker(rows, { ...small, worker: file })
    expect((await trainInWorker(rows, { ...small, worker: file.href })).score(rows)).toEqual(
      model.score(rows),
    )
  })

  it('that has no file says so, and what to do', async () => {
    const missing = new URL('none.js', file)
    await expect(trainInWorker(rows, { worker: missing })).rejects.toThrow(
      /^trainInWorker: no worker starts from file:.*none\.js \(Cannot find module .*\); let the page's security policy allow it \(Content-Security-Policy: worker-src 'self'\) or serve a copy of @facet\/facet\/train-worker\.min\.js and give its address, trainInWorker\(rows, { worker }\); fit\(rows\) trains on this thread$/,
    )
  })

  it('ends with the training, and is not taken again', async () => {
    const worker = new Worker(file)
    const ended = once(worker, 'exit')
    await trainInWorker(rows, { ...small, worker })
    await ended
    await expect(trainInWorker(rows, { ...small, worker })).rejects.toThrow(
      'trainInWorker: worker: expected one that has not been used: it ends with its training',
    )
  })

  it('that breaks while it trains says that it does', async () => {
    const broken = program(`
      const { parentPort } = require('node:worker_threads')
      parentPort.on('message', () => process.exit(3))
      parentPort.postMessage(['ready', 1])
    `)
    await expect(trainInWorker(rows, { worker: broken })).rejects.toThrow(
      'trainInWorker: the worker ended before its training did (it exited with code 3)',
    )
  })

  it.each([
    ["'hello'", "'hello'"],
    ["['hello', 1]", 'an array of 2'],
    ["{ kind: 'tick' }", 'an object with keys kind'],
  ])('of another program is refused and ended: it says %s', async (said, told) => {
    const other = program(`
      const { parentPort } = require('node:worker_threads')
      parentPort.on('message', () => parentPort.postMessage(${said}))
    `)
    const ended = once(other, 'exit')
    await expect(trainInWorker(rows, { worker: other })).rejects.toThrow(
      `trainInWorker: worker: expected one that runs @facet/facet/train-worker.min.js, got one that says ${told}`,
    )
    await ended
  })

  it('that is another version of the package says so', async () => {
    const worker = new Worker(file)
    const answers: unknown[] = []
    worker.on('message', (answer) => answers.push(answer))
    worker.postMessage({ job: { protocol: 2 } })
    while (answers.length < 2) await once(worker, 'message')
    expect(answers).toEqual([
      ['ready', 1],
      [
        'error',
        {
          name: 'Error',
          message:
            'trainInWorker: expected a worker of protocol 2, got one of 1: serve the file train-worker.min.js of the same version of @facet/facet',
        },
      ],
    ])
    await worker.terminate()
  })
})
