import {
  identityActivation,
  init,
  key,
  memory,
  reluActivation,
  type Tensor,
  tensor,
  zeros,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  Autoencoder,
  autoencoder,
  convAutoencoder,
  Dense,
  fit,
  Network,
  network,
  OnlineTrainer,
  Parameter,
  reconstructionError,
  rowErrors,
  saveModel,
  Trainer,
} from './index.ts'

beforeAll(() => init())

const rows = (count: number, width: number) => key('rows').normal([count, width])

/** Tensors that are alive after `f` more than before. */
function left(f: () => void): number {
  const before = memory().tensors
  f()
  return memory().tensors - before
}

const skipped = (data: Tensor) =>
  autoencoder({ input: 6, bottleneck: 2, encoderHidden: [4], skip: 'pca', data })

const tied = () => {
  const weight = new Parameter('weight', key('w').normal([3, 3]))
  const layer = (name: string) =>
    new Dense({ name, weight: weight.value, bias: null, activation: identityActivation })
  return new Autoencoder(new Network([layer('a')], 'encoder'), new Network([layer('b')], 'decoder'))
}

describe('dispose of a model', () => {
  it.each<[string, () => Autoencoder | Network]>([
    ['a plain autoencoder', () => autoencoder({ input: 6, bottleneck: 2 })],
    [
      'one with a skip, centre and offset',
      () => {
        const data = rows(9, 6)
        const model = skipped(data)
        data.dispose()
        return model
      },
    ],
    ['a convolutional one', () => convAutoencoder({ input: [1, 8, 8], channels: [2], bottleneck: 3 })],
    ['one whose layers hold one tensor', tied],
    ['a network', () => network({ sizes: [2, 3, 1], activations: ['relu', 'identity'], key: key(0) })],
    [
      'one of no parameters',
      () =>
        new Network([
          new Dense({ name: 'a', weight: zeros([2, 2]), bias: null, activation: reluActivation }),
        ]),
    ],
  ])('gives back every tensor of %s, also when it is called twice', (_, make) => {
    // The engine keeps a number that it has been given as a tensor.
    make().dispose()
    expect(
      left(() => {
        const model = make()
        model.dispose()
        model.dispose()
      }),
    ).toBe(0)
    expect(left(() => void make()[Symbol.dispose]())).toBe(0)
  })

  it('makes whatever is used later say that it was disposed, by the name of the model', async () => {
    const model = autoencoder({ input: 6, bottleneck: 2, encoderHidden: [4] })
    const x = rows(4, 6)
    const { code } = model.forward(x)
    model.dispose()
    const said = 'autoencoder 6 → 2 → 6: expected a model with its weights, got one that was disposed'
    const uses = [
      () => model.parameters,
      () => model.encoder,
      () => model.decoder,
      () => model.encode(x),
      () => model.decode(zeros([4, 2])),
      () => model.reconstruct(x),
      () => model.forward(x),
      () => model.regionCode(x),
      () => model.localAffine(x),
      () => model.localAffine(code),
      () => model.applyJacobian(code, x),
      () => reconstructionError(model, x),
      () => rowErrors(model, x),
      () => new Trainer(model, x, { epochs: 1, batchSize: 2 }),
      () => new OnlineTrainer(model),
    ]
    for (const use of uses) expect(use).toThrow(said)
    await expect(saveModel(model)).rejects.toThrow(said)
    await expect(fit(model, x, { epochs: 1, batchSize: 2 })).rejects.toThrow(said)
  })

  it('of a network alone says its name, also where it is part of an autoencoder', () => {
    const net = network({ sizes: [2, 3, 1], activations: ['relu', 'identity'], key: key(0), name: 'mine' })
    net.dispose()
    const said = 'mine: expected a network with its weights, got one that was disposed'
    for (const use of [
      () => net.apply(zeros([1, 2])),
      () => net.parameters,
      () => net.layers,
      () => net.localAffine(zeros([1, 2])),
    ]) {
      expect(use).toThrow(said)
    }
    expect(
      () => new Trainer(net, { x: zeros([2, 2]), y: zeros([2, 1]) }, { epochs: 1, batchSize: 1 }),
    ).toThrow(said)
    const model = autoencoder({ input: 6, bottleneck: 2 })
    model.encoder.dispose()
    expect(() => model.encode(rows(2, 6))).toThrow('encoder: expected a network with its weights')
  })

  it('during a training is said by the next step, recorded or not, which changes nothing', () => {
    for (const steps of [1, 5]) {
      const model = autoencoder({ input: 6, bottleneck: 2, encoderHidden: [4] })
      const trainer = new Trainer(model, rows(4, 6), { epochs: 9, batchSize: 4 })
      const online = new OnlineTrainer(model)
      for (let i = 0; i < steps; i++) {
        trainer.step()
        trainer.finishEpoch()
        online.step(rows(4, 6))
      }
      model.dispose()
      expect(() => trainer.step()).toThrow('got one that was disposed')
      expect(() => online.step(rows(4, 6))).toThrow('got one that was disposed')
      trainer.release()
      online.release()
    }
  })

  it('leaves 200 models, made, trained a little and disposed, no memory: every one ends where the first did', async () => {
    const data = rows(16, 6)
    const single = tensor([[1, 2, 3, 4, 5, 6]])
    const after: number[] = []
    for (let i = 0; i < 200; i++) {
      const model = i % 2 === 0 ? skipped(data) : autoencoder({ input: 6, bottleneck: 2, encoderHidden: [4] })
      await fit(model, { train: data, validation: data }, { epochs: 2, batchSize: 8 })
      const online = new OnlineTrainer(model)
      online.step(single)
      online.release()
      rowErrors(model, data)
      model.dispose()
      after.push(memory().bytes)
    }
    // What earlier tests left may be collected in between.
    expect(Math.max(...after)).toBe(after[0])
  })
})
