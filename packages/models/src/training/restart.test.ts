import { decodeSafetensors, encodeSafetensors, init, key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { adam, autoencoder, type FitOptions, fit, Trainer } from '../index.ts'
import { decodeCheckpoint } from './checkpoint.ts'

beforeAll(() => init())

const sets = () => ({ train: key('train').normal([11, 3]), validation: key('other').normal([5, 3]) })
const modelOf = () =>
  autoencoder({ input: 3, bottleneck: 2, encoderHidden: [5], decoderHidden: [5], seed: 0 })
const options = (learningRate: number): FitOptions => ({
  epochs: 8,
  batchSize: 4,
  seed: 7,
  optimizer: adam({ learningRate }),
})

/** A trainer after so many steps. */
function trainerAfter(steps: number, learningRate: number, more: Partial<FitOptions> = {}, data = sets()) {
  const model = modelOf()
  const trainer = new Trainer(model, data, { ...options(learningRate), ...more })
  while (trainer.stepsDone < steps) {
    trainer.step()
    if (trainer.epochDone) trainer.finishEpoch()
  }
  return { trainer, model }
}

describe('a run that is begun again from a checkpoint', () => {
  it('goes back to the epoch of the best weights, and forgets those after it', () => {
    const { trainer } = trainerAfter(20, 0.3)
    const errors = trainer.epochs.map(({ validation }) => validation!)
    const best = errors.indexOf(Math.min(...errors))
    expect(best).toBeLessThan(errors.length - 1)
    const again = new Trainer(modelOf(), sets(), { ...options(0.01), restart: trainer.checkpoint() })
    expect([again.stepsDone, again.epochs]).toEqual([3 * (best + 1), trainer.epochs.slice(0, best + 1)])
    const { state, values } = decodeCheckpoint(again.checkpoint())
    expect(values.map(({ data }) => [...data])).toEqual(state.best!.map(({ data }) => [...data]))
  })

  it('begins with new moments: its first step is that of a new optimizer', () => {
    const { trainer, model } = trainerAfter(8, 0.1, {}, { train: sets().train } as never)
    const restart = trainer.checkpoint()
    const before = model.parameters.map(({ value }) => [...value.dataSync()])
    const other = modelOf()
    const again = new Trainer(other, sets().train, { ...options(1e-3), restart })
    expect(again.stepsDone).toBe(8)
    again.step()
    // Adam's first step is the rate in the direction of the gradient's sign, wherever there is a gradient.
    const moved = other.parameters.flatMap(({ value }, i) =>
      [...value.dataSync()].map((after, j) => Math.abs(after - before[i][j])),
    )
    expect(Math.max(...moved)).toBeGreaterThan(0.99e-3)
    expect(Math.max(...moved)).toBeLessThan(1.01e-3)
  })

  it('is resumed to the same bits', async () => {
    const { trainer } = trainerAfter(20, 0.3)
    const restart = trainer.checkpoint()
    const straight = modelOf()
    await fit(straight, sets(), { ...options(0.01), restart })
    const first = new Trainer(modelOf(), sets(), { ...options(0.01), restart })
    first.step()
    const model = modelOf()
    await fit(model, sets(), { ...options(0.01), resume: first.checkpoint() })
    const bits = ({ parameters }: typeof model) => parameters.map(({ value }) => [...value.dataSync()])
    expect(bits(model)).toEqual(bits(straight))
  })

  it('may have another optimizer, and nothing else that is other', async () => {
    const restart = trainerAfter(5, 0.1).trainer.checkpoint()
    await expect(fit(modelOf(), sets(), { ...options(0.01), restart, batchSize: 5 })).rejects.toThrow(
      'fit: resume: a checkpoint of another batchSize: expected 5; found 4',
    )
    await expect(fit(modelOf(), sets(), { ...options(0.01), restart, resume: restart })).rejects.toThrow(
      'fit: expected one checkpoint, got resume and restart',
    )
  })
})

describe('a run that is ended', () => {
  it('has the best weights, as after its patience', () => {
    const { trainer, model } = trainerAfter(20, 0.3)
    const { state } = decodeCheckpoint(trainer.checkpoint())
    trainer.end()
    expect(trainer.complete).toBe(true)
    const { endedBy, aborted, checkpoint } = trainer.finish()
    expect([endedBy, aborted, checkpoint]).toEqual(['end', false, null])
    expect(model.parameters.map(({ value }) => [...value.dataSync()])).toEqual(
      state.best!.map(({ data }) => [...data]),
    )
    expect(() => trainer.step()).toThrow('expected a run that goes on, got one that was ended')
  })

  it('has a whole epoch behind it', () => {
    expect(() => trainerAfter(2, 0.1).trainer.end()).toThrow('Trainer.end: expected a whole epoch, got none')
  })
})

describe('a checkpoint without checksum', () => {
  /** As the release before wrote it. */
  function old(bytes: Uint8Array, version = 2): Uint8Array {
    const { tensors, metadata } = decodeSafetensors(bytes)
    const header = { ...JSON.parse(metadata['facet.training']), version }
    return encodeSafetensors(tensors, { 'facet.training': JSON.stringify(header) })
  }

  it('of version 2 is gone on from, to the same bits', async () => {
    const checkpoint = trainerAfter(5, 0.1).trainer.checkpoint()
    const [one, other] = [modelOf(), modelOf()]
    await fit(one, sets(), { ...options(0.1), resume: checkpoint })
    await fit(other, sets(), { ...options(0.1), resume: old(checkpoint) })
    expect(other.parameters.map(({ value }) => [...value.dataSync()])).toEqual(
      one.parameters.map(({ value }) => [...value.dataSync()]),
    )
  })

  it('of version 3 is refused', () => {
    const checkpoint = trainerAfter(5, 0.1).trainer.checkpoint()
    expect(() => decodeCheckpoint(old(checkpoint, 3))).toThrow(
      'fit: resume: damaged: expected a checksum in version 3, found none',
    )
  })

  it('is told from what was written by every single bit', () => {
    const bytes = trainerAfter(1, 0.1).trainer.checkpoint()
    expect(() => decodeCheckpoint(bytes)).not.toThrow()
    for (let bit = 0; bit < 8 * bytes.length; bit += 11) {
      const flipped = new Uint8Array(bytes)
      flipped[bit >> 3] ^= 1 << (bit & 7)
      expect(() => decodeCheckpoint(flipped), `bit ${bit}`).toThrow()
    }
  })
})
