import { Autoencoder, autoencoder } from '@facet/models'
import { init, key, mul, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { regionsInBalls } from '../counts/regions-in-balls.ts'
import { jacobianSingularValues } from './jacobian-singular-values.ts'
import { pullbackMetric } from './pullback-metric.ts'

beforeAll(() => init())

class Shrunk extends Autoencoder {
  override encode(x: Tensor): Tensor {
    return mul(super.encode(x), 0.5)
  }
}

describe('an autoencoder with code of its own, whose encoder and decoder alone are known, is refused by name by', () => {
  const plain = () => autoencoder({ input: 4, bottleneck: 2, encoderHidden: [5], decoderHidden: [5] })
  const own = () => {
    const { encoder, decoder } = plain()
    return new Shrunk(encoder, decoder)
  }
  const x = () => key('x').normal([3, 4])
  const asked: Readonly<Record<string, () => unknown>> = {
    jacobianSingularValues: () => jacobianSingularValues(own(), plain().regionCode(x())),
    pullbackMetric: () => pullbackMetric(own(), x()),
    regionsInBalls: () => regionsInBalls(own(), x(), [1], key(0)),
  }
  it.each(Object.keys(asked))('%s', (name) => {
    expect(asked[name]).toThrow("expected a plain Autoencoder, got a Shrunk with its own 'encode'")
  })
})
