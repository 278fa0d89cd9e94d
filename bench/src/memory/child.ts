import { init, key, scope } from '@facet/tensor'
import { startTraining } from '../work/step.ts'
import { memoryWork } from './measure.ts'

/** What a backend that counts its memory offers; a number of bytes that only grows. */
interface Counting {
  readonly peakBytes?: number
}

const { batch, bottleneck, rows } = memoryWork
const input = Number(process.argv[2])

const backend = (await init({ backend: 'wasm' })) as Counting
if (typeof backend.peakBytes !== 'number') {
  console.log(JSON.stringify({ reason: "the backend does not say its peak memory ('peakBytes')" }))
} else {
  const before = backend.peakBytes
  const data = scope(() => key('memory').normal([rows, input]))
  const { parameters, trainer } = startTraining(
    {
      kind: 'step',
      objective: 'lieGroupFirstOrder',
      input,
      encoderHidden: [64, 64],
      bottleneck,
      decoderHidden: [64, 64, 64],
      batch,
    },
    data,
  )
  for (let step = 0; step < 8; step++) {
    if (trainer.epochDone) trainer.finishEpoch()
    trainer.step()
  }
  const numbers = parameters.reduce((sum, { value }) => sum + value.size, 0)
  // A parameter and its two moments, and the training set.
  const heldBytes = 4 * (3 * numbers + data.size)
  console.log(JSON.stringify({ peakBytes: backend.peakBytes - before, heldBytes }))
}
