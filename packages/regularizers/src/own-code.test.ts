import { Autoencoder, Dense, type DenseOptions, Network, type Objective } from '@facet/models'
import { init, mul, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  biorthogonality,
  contractive,
  denoising,
  higherOrderContractive,
  kSparse,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
  lieGroupTangent,
  mixup,
  neighbourDifference,
  sparseCode,
  weightDecay,
} from './index.ts'
import { smallModel, termOf } from './testing/small-model.ts'
import { turningBank } from './testing/turning-bank.ts'

beforeAll(() => init())

class Halved extends Autoencoder {
  override encode(x: Tensor): Tensor {
    return mul(super.encode(x), 0.5)
  }
}

class Scaled extends Dense {
  override forward(x: Tensor) {
    const { output, code } = super.forward(x)
    return { output: mul(output, 3), code }
  }
}

const ofModel = (): Autoencoder => {
  const { encoder, decoder } = smallModel()
  return new Halved(encoder, decoder)
}

const ofLayer = (half: 'encoder' | 'decoder') => (): Autoencoder => {
  const { encoder, decoder } = smallModel()
  const changed = ({ layers, name }: Network) => {
    const [first, ...rest] = layers as readonly Dense[]
    const options: DenseOptions = {
      name: first.name,
      weight: first.weight.value,
      bias: first.bias?.value ?? null,
      activation: first.activation,
    }
    return new Network([new Scaled(options), ...rest], name)
  }
  return half === 'encoder'
    ? new Autoencoder(changed(encoder), decoder)
    : new Autoencoder(encoder, changed(decoder))
}

const bank = turningBank()
const weight = 1

/** Objectives of regions and maps, and of which half. */
const ofMaps: Readonly<Record<string, readonly [Objective, readonly ('encoder' | 'decoder')[]]>> = {
  contractive: [contractive({ weight }), ['encoder']],
  higherOrderContractive: [higherOrderContractive({ weight }), ['encoder']],
  biorthogonality: [biorthogonality({ weight }), ['encoder', 'decoder']],
  // Of outputs of the decoder alone (Eq. 12), whatever its layers are.
  lieGroupFirstOrder: [lieGroupFirstOrder({ weight }), []],
  lieGroupSecondOrder: [lieGroupSecondOrder({ weight }), ['decoder']],
  lieGroupTangent: [lieGroupTangent({ bank, weight }), ['encoder', 'decoder']],
}

/** Objectives of outputs, which any class has. */
const ofOutputs: readonly Objective[] = [
  denoising(),
  kSparse({ k: 1 }),
  lieGroupOrbit({ bank, weight }),
  mixup({ weight }),
  neighbourDifference({ weight }),
  sparseCode({ weight }),
]

describe('objectives of regions and maps refuse by name what computes something its own way', () => {
  for (const [name, [objective, halves]] of Object.entries(ofMaps)) {
    it(`${name}: a class of autoencoders`, () => {
      expect(() => termOf(objective, ofModel())).toThrow(
        "expected a plain Autoencoder, got a Halved with its own 'encode'",
      )
    })
    for (const half of halves) {
      it(`${name}: a layer of the ${half}`, () => {
        expect(() => termOf(objective, ofLayer(half)())).toThrow("a Scaled with its own 'forward'")
      })
    }
  }

  it('weightDecay: a class of autoencoders, whose parameters may be others', () => {
    expect(() => termOf(weightDecay({ weight }), ofModel())).toThrow("a Halved with its own 'encode'")
  })
})

describe('objectives of outputs take any class', () => {
  it.each(ofOutputs.map((objective) => [objective.name, objective] as const))('%s', (_, objective) => {
    for (const made of [ofModel, ofLayer('encoder'), ofLayer('decoder')])
      expect(Number.isFinite(termOf(objective, made()).loss.item())).toBe(true)
  })
})
