import { identityActivation, init, key, mul, reluActivation, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  Autoencoder,
  autoencoder,
  Dense,
  type DenseOptions,
  explain,
  fit,
  type Layer,
  Network,
  network,
  networksOf,
  Residual,
  reconstructionError,
  restoreModel,
  saveModel,
  Trainer,
} from '../index.ts'
import { denseLayers } from '../testing/dense-layers.ts'
import { randomKinds, randomLayer } from '../testing/random-layers.ts'
import { whyUnknown } from './own-code.ts'

beforeAll(() => init())

const x = (net: { readonly inputs: number; readonly dtype: 'float32' | 'float64' }) =>
  key('x').normal([3, net.inputs], net.dtype)

/** Everything that a network says of regions and maps. */
const askedOf: Readonly<Record<string, (net: Network) => unknown>> = {
  localAffine: (net) => net.localAffine(x(net)),
  jacobian: (net) => net.jacobian(x(net)),
  tangents: (net) => net.tangents(x(net)),
  applyJacobian: (net) => net.applyJacobian(x(net), x(net)),
  tangentFactors: (net) => net.tangentFactors(x(net)),
  jacobianFactors: (net) => net.jacobianFactors(x(net)),
  regionCode: (net) => net.regionCode(x(net)),
  codeFromStates: (net) => net.codeFromStates(x(net)),
  walk: (net) => net.walk({ affine: (_, __, v) => v, pieces: (_, v) => v, add: (v) => v }, 0),
  'the code of forward': (net) => net.forward(x(net)).code,
}

/** The same layer with another class between it and its own, which doubles the output. */
function doubled<L extends Layer>(layer: L): L {
  const own = Object.getPrototypeOf(layer) as Layer
  class Doubled {}
  Object.setPrototypeOf(Doubled.prototype, own)
  Object.defineProperty(Doubled.prototype, 'forward', {
    value(this: Layer, x: Tensor) {
      const { output, code } = own.forward.call(this, x)
      return { output: mul(output, 2), code }
    },
  })
  return Object.setPrototypeOf(layer, Doubled.prototype)
}

class Scaled extends Dense {
  override forward(x: Tensor) {
    const { output, code } = super.forward(x)
    return { output: mul(output, 3), code }
  }
}

const partsOf = (layer: Dense): DenseOptions => ({
  name: layer.name,
  weight: layer.weight.value,
  bias: layer.bias?.value ?? null,
  activation: layer.activation,
})

const halves = { input: 4, bottleneck: 2, encoderHidden: [5], decoderHidden: [5] } as const

/** An autoencoder whose first layer is another one. */
function modelWith(change: (layer: Dense) => Layer): Autoencoder {
  const { encoder, decoder } = autoencoder({ ...halves, seed: 1 })
  const [first, ...rest] = denseLayers(encoder)
  return new Autoencoder(new Network([change(first), ...rest], 'encoder'), decoder)
}

/** An object that does what a layer does, under a name of a kind. */
function likeOf(layer: Layer, kind: string): Layer {
  const { name, inputs, outputs, dtype, parameters, inside, values, groups, cost, unitCost } = layer
  const data = { name, inputs, outputs, dtype, parameters, inside, values, groups, cost, unitCost }
  return {
    ...data,
    kind,
    isTranslation: false,
    isRectified: false,
    forward: (x) => layer.forward(x),
    hold: (code, x) => layer.hold(code, x),
    push: (code, v) => layer.push(code, v),
    pull: (code, g) => layer.pull(code, g),
    tangentFactors: (code, v) => layer.tangentFactors(code, v),
    jacobianFactors: (code, g) => layer.jacobianFactors(code, g),
    walk: (walk, v) => layer.walk(walk, v),
    describe: () => layer.describe(),
  }
}

describe.each(randomKinds.map((kind) => [kind.kind, kind] as const))('%s', (_, kind) => {
  const drawn = () => randomLayer(kind, 7)
  const alone = (layer: Layer) => new Network([layer], 'net', layer.dtype ?? 'float64')

  it('is known as it is', () => {
    expect(whyUnknown(drawn())).toBe(null)
    expect(() => alone(drawn()).localAffine(x(alone(drawn())))).not.toThrow()
  })

  it('of a class with a forward of its own computes outputs, and says nothing of regions and maps', () => {
    const net = alone(doubled(drawn()))
    expect(net.apply(x(net)).toArray()).toEqual(mul(alone(drawn()).apply(x(net)), 2).toArray())
    for (const [name, ask] of Object.entries(askedOf))
      expect(() => ask(net), name).toThrow(
        /^net: regions and local maps: .* got layer 0, 'layer', a Doubled with its own 'forward'$/,
      )
  })

  it('is found within a residual layer, and where a single object was changed', () => {
    const layer = drawn()
    const { length } = key('x')
      .normal([1, alone(layer).inputs])
      .dataSync()
    const same =
      alone(layer).outputs === length ? null : key('P').normal([alone(layer).outputs, length], 'float64')
    const block = (inner: Layer) => alone(new Residual({ name: 'block', layers: [inner], skip: same }))
    const isWithNumbers = layer.dtype !== null || same !== null
    if (isWithNumbers) {
      const net = block(doubled(drawn()))
      expect(() => net.jacobian(x(net))).toThrow("got layer 0, 'layer', a Doubled with its own 'forward'")
    }
    Object.assign(layer, { hold: () => null })
    expect(() => alone(layer).localAffine(x(alone(layer)))).toThrow("with its own 'hold'")
  })
})

describe('a subclass of Dense that computes something else', () => {
  const scaled = () => modelWith((layer) => new Scaled(partsOf(layer)))

  it('trains', async () => {
    const [model, data] = [scaled(), key('data').normal([32, 4])]
    const before = reconstructionError(model, data)
    await fit(model, data, { epochs: 20, batchSize: 8 })
    expect(reconstructionError(model, data)).toBeLessThan(before)
  })

  it('has outputs in an autoencoder, and no codes, maps or explanations', () => {
    const [model, data] = [scaled(), key('data').normal([3, 4])]
    const { output, latent } = model.forward(data)
    expect(output.toArray()).toEqual(model.reconstruct(data).toArray())
    expect(latent.toArray()).toEqual(model.encode(data).toArray())
    const message = "got layer 0, 'encoder.0', a Scaled with its own 'forward'"
    expect(() => model.forward(data).code).toThrow(message)
    expect(() => model.regionCode(data)).toThrow(message)
    expect(() => model.localAffine(data)).toThrow(message)
    expect(() => model.applyJacobian(data, data)).toThrow(message)
    expect(() => explain(model, data)).toThrow(message)
  })

  it('is not written to a file, nor filled from one', async () => {
    const message =
      /^saveModel: encoder: expected plain layers of a kind among dense, .* got layer 0 'encoder.0', a Scaled with its own 'forward' of kind 'dense'$/
    await expect(saveModel(scaled())).rejects.toThrow(message)
    const plain = await saveModel(autoencoder({ ...halves, seed: 1 }))
    expect(() => restoreModel(scaled(), plain)).toThrow('restoreModel: encoder: expected plain layers')
  })

  it('has checkpoints that a plain model does not go on from', () => {
    const data = key('data').normal([8, 4])
    const options = { epochs: 2, batchSize: 4 }
    const trainer = new Trainer(scaled(), data, options)
    trainer.step()
    const resume = trainer.checkpoint()
    trainer.release()
    expect(() => new Trainer(autoencoder({ ...halves, seed: 1 }), data, { ...options, resume })).toThrow(
      "a checkpoint of another code of its own: expected none; found 'encoder.0', a Scaled with its own 'forward'",
    )
    new Trainer(scaled(), data, { ...options, resume }).release()
  })
})

describe('a class made of a known kind that has no code of its own', () => {
  class Named extends Dense {
    get title(): string {
      return `layer ${this.name}`
    }
  }
  /** Its forward has a ReLU, and its pieces, which maps ask, are of no activation. */
  class Bent extends Dense {
    constructor(options: DenseOptions) {
      super({ ...options, activation: identityActivation })
      Object.assign(this, { activation: reluActivation })
    }
  }
  /** What is computed is that of its kind, with other numbers. */
  class Doubled extends Dense {
    constructor(options: DenseOptions) {
      super({ ...options, weight: mul(options.weight, 2) })
    }
  }
  const classes = { Named, Bent, Doubled }

  it.each(Object.entries(classes))(
    'is refused by maps and by files alike, whatever its constructor does: %s',
    async (name, Own) => {
      const own = modelWith((layer) => new Own(partsOf(layer)))
      const data = key('data').normal([3, 4])
      expect(own.reconstruct(data).shape).toEqual([3, 4])
      for (const ask of [() => own.localAffine(data), () => own.regionCode(data), () => explain(own, data)])
        expect(ask).toThrow(`got layer 0, 'encoder.0', a ${name}`)
      await expect(saveModel(own)).rejects.toThrow(`got layer 0 'encoder.0', a ${name} of kind 'dense'`)
    },
  )

  it('nor is a network or an autoencoder of such a class', async () => {
    class Plain extends Network {}
    class Whole extends Autoencoder {}
    const { encoder, decoder } = autoencoder({ ...halves, seed: 1 })
    const data = key('data').normal([3, 4])
    const net = new Plain(encoder.layers, 'encoder')
    expect(net.apply(data).toArray()).toEqual(encoder.apply(data).toArray())
    for (const [name, ask] of Object.entries(askedOf)) {
      if (name !== 'the code of forward') expect(() => ask(net), name).toThrow('got a Plain')
    }
    const whole = new Whole(encoder, decoder)
    expect(() => whole.localAffine(data)).toThrow('localAffine: expected a plain Autoencoder, got a Whole')
    await expect(saveModel(whole)).rejects.toThrow('saveModel: expected a plain Autoencoder, got a Whole')
    await expect(saveModel(new Autoencoder(net, decoder))).rejects.toThrow(
      'expected a plain Network, got a Plain',
    )
  })
})

describe('an object that fills in the interface', () => {
  it('is mapped by what it says of itself, under any name', () => {
    const [plain, data] = [autoencoder({ ...halves, seed: 1 }), key('data').normal([3, 4])]
    for (const kind of ['dense', 'own']) {
      const own = modelWith((layer) => likeOf(layer, kind))
      expect(own.localAffine(data).A.toArray()).toEqual(plain.localAffine(data).A.toArray())
    }
  })

  it.each(['dense', 'own'])(
    "is not written under the kind '%s', which a file does not know it by",
    async (kind) => {
      const own = modelWith((layer) => likeOf(layer, kind))
      await expect(saveModel(own)).rejects.toThrow(`got layer 0 'encoder.0', an Object of kind '${kind}'`)
    },
  )

  it('is told what it lacks where a map is asked for', () => {
    const own = modelWith((layer) => ({ ...likeOf(layer, 'own'), push: undefined }) as never)
    const data = key('data').normal([3, 4])
    expect(own.reconstruct(data).shape).toEqual([3, 4])
    expect(() => own.localAffine(data)).toThrow("got layer 0, 'encoder.0', an Object, which has no 'push'")
  })
})

describe('a subclass of Network or Autoencoder with code of its own', () => {
  class Halved extends Network {
    override forward(x: Tensor) {
      const { output, code } = super.forward(x)
      return { output: mul(output, 0.5), code }
    }
  }
  class Clipped extends Autoencoder {
    override reconstruct(x: Tensor): Tensor {
      return mul(super.reconstruct(x), 0.9)
    }
  }
  const data = () => key('data').normal([3, 4])

  it('says nothing of regions and maps', () => {
    const { layers } = network({ sizes: [4, 4], activations: 'relu', key: key(0) })
    const net = new Halved(layers, 'net')
    const { 'the code of forward': _, ...asked } = askedOf
    for (const [name, ask] of Object.entries(asked))
      expect(() => ask(net), name).toThrow("got a Halved with its own 'forward'")
    const { encoder, decoder } = autoencoder(halves)
    const model = new Clipped(encoder, decoder)
    const code = autoencoder(halves).regionCode(data())
    const message = (operation: string) =>
      `${operation}: expected a plain Autoencoder, got a Clipped with its own 'reconstruct'`
    expect(() => model.regionCode(data())).toThrow(message('regionCode'))
    expect(() => model.localAffine(code)).toThrow(message('localAffine'))
    expect(() => model.applyJacobian(code, data())).toThrow(message('applyJacobian'))
    expect(() => explain(model, data())).toThrow(message('explain'))
    expect(() => networksOf(model)).toThrow(message('networksOf'))
  })

  it('trains, and is not written to a file', async () => {
    const { encoder, decoder } = autoencoder(halves)
    const model = new Clipped(encoder, decoder)
    const before = reconstructionError(model, data())
    await fit(model, data(), { epochs: 20, batchSize: 3 })
    expect(reconstructionError(model, data())).toBeLessThan(before)
    await expect(saveModel(model)).rejects.toThrow(
      "saveModel: expected a plain Autoencoder, got a Clipped with its own 'reconstruct'",
    )
    const inner = new Autoencoder(new Halved(encoder.layers, 'encoder'), decoder)
    await expect(saveModel(inner)).rejects.toThrow(
      "saveModel: encoder: expected a plain Network, got a Halved with its own 'forward'",
    )
    class Empty extends Autoencoder {}
    await expect(saveModel(new Empty(encoder, decoder))).rejects.toThrow('got an Empty')
  })
})
