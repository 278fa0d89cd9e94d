import { add, init, key, mean, mul, square, sub, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Autoencoder,
  adam,
  amountSetting,
  autoencoder,
  cosineDecay,
  type FitOptions,
  fit,
  type History,
  type Objective,
  Parameter,
  reconstruction,
  type Schedule,
  sgd,
  stepDecay,
  warmup,
} from '../index.ts'

beforeAll(() => init())

type Float = 'float32' | 'float64'

/** Draws noise each step and learns its size: randomness, parameters and rates of its own. */
const learnedNoise = (): Objective => ({
  name: 'learnedNoise',
  start(model, data) {
    const size = new Parameter('size', tensor([0.5], { dtype: data.dtype }), { learningRate: 0.05 })
    return {
      parameters: [size],
      loss({ x }, { key }) {
        const noise = mul(key.normal(x.shape, model.dtype), size.value)
        const mse = mean(square(sub(model.reconstruct(add(x, noise)), x)))
        return { loss: mul(mse, 0.5), values: { noisy: mse } }
      },
      diagnostics: () => ({ size: size.value.item() }),
    }
  },
})

const epochs = 4
const stepsPerEpoch = 3 // 11 samples in batches of 4, 4 and 3

const data = (dtype: Float) => ({
  train: key('train').normal([11, 3], dtype),
  validation: key('other').normal([5, 3], dtype),
})

const modelOf = (dtype: Float, seed = 0) =>
  autoencoder({
    input: 3,
    bottleneck: 2,
    encoderHidden: [5],
    decoderHidden: [5],
    activation: 'leakyRelu',
    bottleneckActivation: 'leakyRelu',
    dtype,
    seed,
  })

const options = (): FitOptions => ({
  epochs,
  batchSize: 4,
  seed: 7,
  optimizer: adam({ learningRate: 0.1, schedule: cosineDecay() }),
  objective: [reconstruction(), learnedNoise()],
})

/** All of a history but how this process carried its steps out. */
const trainedBy = ({ execution: _, ...rest }: History) => rest

const bitsOf = (model: Autoencoder) => model.parameters.map(({ value }) => value.dataSync())

/** Trains until `steps` are done, then stops. */
async function interruptAt(
  steps: number,
  model: Autoencoder,
  more: Partial<FitOptions> = {},
): Promise<History> {
  const stop = new AbortController()
  const onStep = ({ step }: { step: number }) => void (step + 1 === steps && stop.abort())
  return fit(model, data(model.dtype), { ...options(), ...more, signal: stop.signal, onStep })
}

describe.each(['float32', 'float64'] as const)('a run in %s', (dtype) => {
  let straight: { history: History; bits: ReturnType<typeof bitsOf> }

  beforeAll(async () => {
    const model = modelOf(dtype)
    const history = await fit(model, data(dtype), options())
    straight = { history, bits: bitsOf(model) }
  })

  it('has its best epoch before its last, so that best weights are part of what follows', () => {
    expect(straight.history.bestEpoch).toBeLessThan(epochs - 1)
  })

  // 1, 5: within an epoch; 3, 9: after the last batch of one, before its validation; 11: before the very last step.
  it.each([1, 3, 5, 9, 11])('interrupted after %i steps goes on to the same bits', async (steps) => {
    const aborted = await interruptAt(steps, modelOf(dtype))
    expect(aborted.aborted).toBe(true)
    expect(aborted.epochs).toEqual(straight.history.epochs.slice(0, Math.floor((steps - 1) / stepsPerEpoch)))
    const other = modelOf(dtype, 99) // the checkpoint brings the weights
    const history = await fit(other, data(dtype), { ...options(), resume: aborted.checkpoint! })
    expect(trainedBy(history)).toEqual(trainedBy(straight.history))
    expect(bitsOf(other)).toEqual(straight.bits)
  })

  it('interrupted twice goes on to the same bits', async () => {
    const { checkpoint } = await interruptAt(2, modelOf(dtype))
    const { checkpoint: second } = await interruptAt(7, modelOf(dtype), { resume: checkpoint! })
    const model = modelOf(dtype)
    const history = await fit(model, data(dtype), { ...options(), resume: second! })
    expect(trainedBy(history)).toEqual(trainedBy(straight.history))
    expect(bitsOf(model)).toEqual(straight.bits)
  })

  it('goes on from every periodic checkpoint to the same bits', async () => {
    const checkpoints: Uint8Array[] = []
    const onCheckpoint = (checkpoint: Uint8Array) => void checkpoints.push(checkpoint)
    await fit(modelOf(dtype), data(dtype), { ...options(), onCheckpoint })
    expect(checkpoints.length).toBe(epochs)
    for (const resume of checkpoints) {
      const model = modelOf(dtype)
      const history = await fit(model, data(dtype), { ...options(), resume })
      expect(trainedBy(history)).toEqual(trainedBy(straight.history))
      expect(bitsOf(model)).toEqual(straight.bits)
    }
  })
})

describe('a run of a skip autoencoder', () => {
  let sets: ReturnType<typeof data>
  beforeAll(() => {
    sets = data('float32')
  })
  const skipped = (seed: number, from: Tensor) =>
    autoencoder({
      input: 3,
      bottleneck: 2,
      encoderHidden: [5],
      decoderHidden: [5],
      skip: 'pca',
      data: from,
      seed,
    })

  it('goes on to the same bits, in a model of the same mean', async () => {
    const straight = skipped(0, sets.train)
    await fit(straight, sets, options())
    const { checkpoint } = await interruptAt(5, skipped(0, sets.train))
    const model = skipped(99, sets.train)
    await fit(model, sets, { ...options(), resume: checkpoint! })
    expect(bitsOf(model)).toEqual(bitsOf(straight))
  })

  it('is refused by a model of another mean or without a skip, before any weight has changed', async () => {
    const { checkpoint } = await interruptAt(5, skipped(0, sets.train))
    const others = [skipped(0, sets.validation), modelOf('float32')]
    const messages = [
      /^fit: resume: a checkpoint of another untrained part: expected \w+ \w+; found /,
      /architecture/,
    ]
    for (const [i, other] of others.entries()) {
      const before = bitsOf(other)
      await expect(fit(other, sets, { ...options(), resume: checkpoint! })).rejects.toThrow(messages[i])
      expect(bitsOf(other)).toEqual(before)
    }
  })
})

describe('a checkpoint', () => {
  let checkpoint: Uint8Array
  beforeAll(async () => {
    checkpoint = (await interruptAt(4, modelOf('float32'))).checkpoint!
  })

  const resume = (
    more: Partial<FitOptions> = {},
    model = modelOf('float32'),
    sets: { train: Tensor; validation?: Tensor } = data('float32'),
  ) => fit(model, sets, { ...options(), ...more, resume: checkpoint })

  it('brings its seed', async () => {
    await expect(resume({ seed: undefined })).resolves.toMatchObject({ aborted: false })
  })

  it('can be trained on for more epochs', async () => {
    expect((await resume({ epochs: 6 })).epochs.length).toBe(6)
  })

  it('is refused by another architecture, naming both', async () => {
    const wider = autoencoder({
      input: 3,
      bottleneck: 2,
      encoderHidden: [6],
      decoderHidden: [5],
      activation: 'leakyRelu',
      bottleneckActivation: 'leakyRelu',
    })
    const before = bitsOf(wider)
    await expect(resume({}, wider)).rejects.toThrow(
      'fit: resume: a checkpoint of another architecture: ' +
        'expected float32, encoder 3-6(leakyRelu 0.01)-2(leakyRelu 0.01), decoder 2-5(leakyRelu 0.01)-3(identity); ' +
        'found float32, encoder 3-5(leakyRelu 0.01)-2(leakyRelu 0.01), decoder 2-5(leakyRelu 0.01)-3(identity)',
    )
    expect(bitsOf(wider)).toEqual(before)
  })

  it('is refused by another optimizer, objective, batch size, seed or data size, naming both', async () => {
    await expect(resume({ optimizer: sgd({ learningRate: 1 }) })).rejects.toThrow(
      'fit: resume: a checkpoint of another optimizer: expected sgd(learningRate 1, momentum 0, weightDecay 0); ' +
        'found adam(learningRate 0.1, beta1 0.9, beta2 0.999, epsilon 1e-8, weightDecay 0)',
    )
    await expect(resume({ objective: reconstruction() })).rejects.toThrow(
      'another objective: expected reconstruction; found reconstruction + learnedNoise size [1] at rate 0.05',
    )
    await expect(resume({ batchSize: 5 })).rejects.toThrow('another batchSize: expected 5; found 4')
    await expect(resume({ seed: '7' })).rejects.toThrow('another seed: expected "7"; found 7')
    const sets = { ...data('float32'), train: key(0).normal([12, 3]) }
    await expect(resume({}, modelOf('float32'), sets)).rejects.toThrow(
      'another training data: expected [12, 3]; found [11, 3]',
    )
    await expect(resume({}, modelOf('float32'), { train: sets.train })).rejects.toThrow(
      /another (training|validation) data: expected/,
    )
  })

  it('is refused by other numbers of the same shape', async () => {
    const { train, validation } = data('float32')
    const other = tensor([...train.dataSync()].with(7, 0), { shape: train.shape })
    await expect(resume({}, modelOf('float32'), { train: other, validation })).rejects.toThrow(
      /another numbers in the training data: expected [0-9a-f]+; found [0-9a-f]+$/,
    )
    const shorter = mul(validation, 0.5)
    await expect(resume({}, modelOf('float32'), { train, validation: shorter })).rejects.toThrow(
      'another numbers in the validation data',
    )
  })

  it('is refused by another schedule, of learning rates or of a weight', async () => {
    const slower = adam({ learningRate: 0.1, schedule: stepDecay({ every: 1000, factor: 0.5 }) })
    await expect(resume({ optimizer: slower })).rejects.toThrow(
      /another schedule of learning rates: expected schedule 1 → 1 → 1 \([0-9a-f]+\); found schedule 1 → 0.5 → /,
    )
    const weighted = (weight: Schedule): FitOptions => ({
      ...options(),
      objective: { ...learnedNoise(), settings: { weight: amountSetting(weight) } },
    })
    const stop = new AbortController()
    const stopped = { ...weighted(warmup(100)), signal: stop.signal, onStep: () => stop.abort() }
    const own = (await fit(modelOf('float32'), data('float32'), stopped)).checkpoint!
    const goOn = (weight: Schedule) =>
      fit(modelOf('float32'), data('float32'), { ...weighted(weight), resume: own })
    await expect(goOn(warmup(101))).rejects.toThrow('another objective')
    await expect(goOn(warmup(100))).resolves.toMatchObject({ aborted: false })
  })

  it('is refused when it is past the end, or no checkpoint at all', async () => {
    await expect(resume({ epochs: 1 })).rejects.toThrow(
      'fit: resume: expected a checkpoint within 1 epochs, found one at epoch 1, batch 1',
    )
    checkpoint = new Uint8Array([1, 2, 3])
    await expect(resume()).rejects.toThrow()
  })
})
