import { identityActivation, reluActivation } from '@facet/tensor'
import {
  type Matrix,
  outputImage,
  type PlainDense,
  type PlainLayer,
  type PlainMaxout,
} from './plain-layers.ts'
import { plainSteps } from './plain-steps.ts'

/** A network written otherwise. Its regions are the same sets of points. */
export interface Rewriting {
  readonly layers: readonly PlainLayer[]
  /** The code of a region in the network as it was, from its code in the network as it is written now. */
  readonly back: (code: readonly number[]) => number[]
}

/** What stands for one layer: its code is as long as its units, and `back` makes the code of the layer of it. */
interface Part extends Rewriting {
  readonly units: number
}

/** How many units of a layer have states. */
export function unitsOf(layer: PlainLayer): number {
  switch (layer.kind) {
    case undefined:
    case 'dense':
      return layer.activation.name === 'identity' ? 0 : layer.weight.length
    case 'conv':
    case 'convTranspose':
      return layer.activation.name === 'identity' ? 0 : sizeOf(outputImage(layer))
    case 'maxPool':
      return sizeOf(outputImage(layer))
    case 'maxout':
      return layer.weight.length
    case 'residual':
      return layer.layers.reduce((sum, inner) => sum + unitsOf(inner), 0)
    default:
      return 0
  }
}

const sizeOf = ([channels, height, width]: readonly [number, number, number]): number =>
  channels * height * width

const asIs = (layer: PlainLayer): Part => ({
  layers: [layer],
  units: unitsOf(layer),
  back: (code) => [...code],
})

function joined(parts: readonly Part[]): Part {
  return {
    layers: parts.flatMap(({ layers }) => layers),
    units: parts.reduce((sum, { units }) => sum + units, 0),
    back: (code) => {
      let at = 0
      return parts.flatMap(({ units, back }) => back(code.slice(at, (at += units))))
    },
  }
}

/** Layer after layer, also those inside of residuals. */
function eachLayer(layers: readonly PlainLayer[], rewrite: (layer: PlainLayer) => Part): Part {
  return joined(
    layers.map((layer) => {
      if (layer.kind !== 'residual') return rewrite(layer)
      const inner = eachLayer(layer.layers, rewrite)
      return { ...inner, layers: [{ ...layer, layers: inner.layers }] }
    }),
  )
}

const isDense = (layer: PlainLayer | undefined): layer is PlainDense =>
  layer !== undefined && (layer.kind === undefined || layer.kind === 'dense')

/** One rewriting after another. */
export function composed(
  layers: readonly PlainLayer[],
  ...rewrites: ((layers: readonly PlainLayer[]) => Rewriting)[]
): Rewriting {
  return rewrites.reduce<Rewriting>(
    (done, rewrite) => {
      const next = rewrite(done.layers)
      return { layers: next.layers, back: (code) => done.back(next.back(code)) }
    },
    { layers, back: (code) => [...code] },
  )
}

/** Convolutions as matrices. */
export const convolutionsAsDense = (layers: readonly PlainLayer[]): Rewriting =>
  eachLayer(layers, (layer) => {
    if (layer.kind !== 'conv' && layer.kind !== 'convTranspose') return asIs(layer)
    const [affine] = plainSteps([layer])
    if (affine.step !== 'affine' || affine.weight === null) throw new Error('a convolution is a matrix')
    const dense: PlainDense = { weight: affine.weight, bias: affine.bias, activation: layer.activation }
    return { ...asIs(layer), layers: [dense] }
  })

/**
 * ReLU units of dense layers as the larger of p and 0. With 0 first, a unit that is 0 on a whole region has the state that says the same; with p first, as of
 * equal candidates, it has the other.
 */
export const reluAsMaxout = (layers: readonly PlainLayer[], isZeroFirst = true): Rewriting =>
  eachLayer(layers, (layer) => {
    if (!isDense(layer) || layer.activation.name !== 'relu') return asIs(layer)
    const pair = <T>(p: T, zero: T) => (isZeroFirst ? [zero, p] : [p, zero])
    const maxout: PlainMaxout = {
      kind: 'maxout',
      weight: layer.weight.map((row) =>
        pair<readonly number[]>(
          row,
          row.map(() => 0),
        ),
      ),
      bias: layer.bias?.map((b) => pair(b, 0)) ?? null,
    }
    return {
      layers: [maxout],
      units: layer.weight.length,
      back: (code) => code.map((state) => (isZeroFirst ? state : 1 - state)),
    }
  })

/**
 * Absolute values and leaky units of dense layers as two ReLU units p and −p: the next dense layer takes both with its column, times 1 and times −slope; in front of any other
 * layer, and at the end, a layer of its own adds them. For slopes that are powers of two nothing is rounded.
 */
export function asPairs(layers: readonly PlainLayer[]): Rewriting {
  const parts: Part[] = []
  let rest = [...layers]
  while (rest.length > 0) {
    const [layer, ...others] = rest
    rest = others
    if (layer.kind === 'residual') {
      const inner = asPairs(layer.layers)
      const units = inner.layers.reduce((sum, each) => sum + unitsOf(each), 0)
      parts.push({ layers: [{ ...layer, layers: inner.layers }], units, back: inner.back })
      continue
    }
    if (!isDense(layer) || (layer.activation.name !== 'abs' && layer.activation.name !== 'leakyRelu')) {
      parts.push(asIs(layer))
      continue
    }
    const lower = layer.activation.name === 'abs' ? 1 : -layer.activation.alpha
    const both: PlainDense = {
      weight: layer.weight.flatMap((row) => [row, row.map((w) => -w)]),
      bias: layer.bias?.flatMap((b) => [b, -b]) ?? null,
      activation: reluActivation,
    }
    parts.push({
      layers: [both],
      units: both.weight.length,
      back: (code) => code.filter((_, i) => i % 2 === 0),
    })
    const next = rest[0]
    const doubled = (matrix: Matrix) => matrix.map((row) => row.flatMap((w) => [w, w === 0 ? 0 : w * lower]))
    if (isDense(next)) rest[0] = { ...next, weight: doubled(next.weight) }
    else {
      const one = layer.weight.map((_, i) => layer.weight.map((_, j) => Number(i === j)))
      parts.push(asIs({ weight: doubled(one), bias: null, activation: identityActivation }))
    }
  }
  return joined(parts)
}

/** What reads the units of a dense layer: the columns of the next layer. */
function withColumns(
  next: PlainLayer,
  change: (row: readonly number[]) => readonly number[],
): PlainLayer | null {
  if (isDense(next)) return { ...next, weight: next.weight.map(change) }
  if (next.kind === 'maxout') return { ...next, weight: next.weight.map((pieces) => pieces.map(change)) }
  return null
}

/** Changes the rows of dense layers that a dense or a maxout layer follows, and its columns. */
function eachHidden(
  layers: readonly PlainLayer[],
  rewrite: (units: number) => {
    readonly rows: <T>(rows: readonly T[], scaled: (row: T, unit: number) => T) => T[]
    readonly columns: (row: readonly number[]) => readonly number[]
    readonly back: (code: readonly number[]) => number[]
  },
  times: (unit: number) => number,
): Rewriting {
  const parts: Part[] = []
  const rest = [...layers]
  for (let i = 0; i < rest.length; i++) {
    const layer = rest[i]
    if (!isDense(layer) || i + 1 === rest.length) {
      parts.push(asIs(layer))
      continue
    }
    const { rows, columns, back } = rewrite(layer.weight.length)
    const next = withColumns(rest[i + 1], columns)
    if (next === null) {
      parts.push(asIs(layer))
      continue
    }
    rest[i + 1] = next
    const written: PlainDense = {
      ...layer,
      weight: rows(layer.weight, (row, unit) => row.map((w) => w * times(unit))),
      bias: layer.bias === null ? null : rows(layer.bias, (b, unit) => b * times(unit)),
    }
    parts.push({
      layers: [written],
      units: unitsOf(layer),
      back: unitsOf(layer) === 0 ? (code) => [...code] : back,
    })
  }
  return joined(parts)
}

/** The units of hidden dense layers in another order: unit i becomes unit (i · step) mod n, for a step without a common factor with n. */
export const permuted = (layers: readonly PlainLayer[]): Rewriting =>
  eachHidden(
    layers,
    (units) => {
      // Backwards, and by one around: an order that no two units of more than two keep.
      const from = Array.from({ length: units }, (_, i) => (2 * units - i - 2) % units)
      const order = <T>(of: readonly T[]): T[] => from.map((i) => of[i])
      return {
        rows: order,
        columns: order,
        back: (code) => {
          const before = new Array<number>(units)
          from.forEach((i, k) => {
            before[i] = code[k]
          })
          return before
        },
      }
    },
    () => 1,
  )

/** Unit u of hidden dense layers 2^exponents[u mod n] times as large, and the next layer's column divided by it. */
export function unitsScaled(layers: readonly PlainLayer[], exponents: readonly number[]): Rewriting {
  const factor = (unit: number) => 2 ** exponents[unit % exponents.length]
  return eachHidden(
    layers,
    () => ({
      rows: (rows, scaled) => rows.map(scaled),
      columns: (row) => row.map((w, unit) => w / factor(unit)),
      back: (code) => [...code],
    }),
    factor,
  )
}

/** Every way of writing a network otherwise, by name. */
export const rewritings: Readonly<Record<string, (layers: readonly PlainLayer[]) => Rewriting>> = {
  'convolutions as matrices': convolutionsAsDense,
  'ReLU as the larger of 0 and p': (layers) => reluAsMaxout(layers),
  'absolute values and leaky units as two ReLU units': asPairs,
  'all units as the larger of 0 and p': (layers) =>
    composed(layers, convolutionsAsDense, asPairs, (all) => reluAsMaxout(all)),
  'units in another order': permuted,
  'units 2^±30 times as large': (layers) => unitsScaled(layers, [30, -30, 7, 0, -19]),
}
