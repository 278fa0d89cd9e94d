import { formatShape, scope, sizeOf, Tensor } from '@facet/tensor'
import {
  aCount,
  anything,
  describe,
  isTensor,
  type OptionsOf,
  optional,
  optionTable,
  withDefault,
} from '@facet/tensor/checks'
import { Network } from '../network.ts'
import { kindsWith } from './kinds.ts'
import { laws } from './laws.ts'
import type { Layer } from './layer.ts'
import type { LayerKind } from './layer-kind.ts'
import { classOf, whyUnknown } from './own-code.ts'

const checkOptions = optionTable('checkLayer', {
  /** The row of its kind, by which files are tried as well. */
  kind: optional(anything<LayerKind>()),
  /** Different vectors that each law is tried with; default 3. */
  repeats: withDefault(aCount(), 3),
})

/** The setting of {@link checkLayer}. */
export type CheckLayerOptions = OptionsOf<typeof checkOptions>

/**
 * Tries the laws that networks, files, regularizers and geometry rely on, for a layer of one's own: that its output is A x + b on each region, that
 * vectors go back as they come, that factors, walks, codes and derivatives agree, and, where its row is given, that it comes back from a file. Facet's own
 * kinds are held to the same ones. It costs some hundred passes: it is for tests.
 *
 * Ties and walls are where two pieces meet: points on them are no good for it. Random points are.
 *
 * @param x points [N, in] in the layer's dtype, N of at least 1; several show more
 * @throws Error naming the law that does not hold, with what was expected and what was found.
 * @example
 * import { init, key, reluActivation } from '@facet/tensor'
 * import { checkLayer, Dense } from '@facet/models'
 * await init()
 * const [weight, x] = [key('weight').normal([5, 3]), key('x').normal([8, 3])]
 * checkLayer(new Dense({ name: 'layer', weight, bias: null, activation: reluActivation }), x)
 */
export function checkLayer(layer: Layer, x: Tensor, options: CheckLayerOptions = {}): void {
  const { kind, repeats } = checkOptions.resolve(options)
  if (typeof layer !== 'object' || layer === null) {
    throw new TypeError(`checkLayer: expected a layer, got ${describe(layer)}`)
  }
  const why = whyUnknown(layer)
  if (why !== null) {
    throw new TypeError(
      `checkLayer: expected a plain layer, or one that fills in the interface Layer itself, got ${why}`,
    )
  }
  const kinds = kind === undefined ? null : kindsWith('checkLayer', [kind])
  expectPoints(layer, x)
  const net = new Network([layer], 'checkLayer', x.dtype as 'float32' | 'float64')
  for (const { name, holds } of laws) {
    for (let seed = 0; seed < repeats; seed++) {
      try {
        scope(() => holds(net, x, seed, kinds))
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new Error(`checkLayer: '${layer.name}', ${classOf(layer)}: ${name}: ${reason}`, { cause })
      }
    }
  }
}

function expectPoints({ inputs, dtype }: Layer, x: Tensor): void {
  const size = sizeOf(inputs)
  const isFloat = isTensor(x) && (x.dtype === 'float32' || x.dtype === 'float64')
  if (isFloat && x.rank === 2 && x.shape[0] >= 1 && x.shape[1] === size && (dtype ?? x.dtype) === x.dtype)
    return
  const got = x instanceof Tensor ? `${x.dtype} ${formatShape(x.shape)}` : describe(x)
  throw new TypeError(`checkLayer: expected points ${dtype ?? 'float32'} [N, ${size}], got ${got}`)
}
