import { key } from '@facet/tensor'
import { expectedOf, type Nested, type PlainLayer, shapeBehind } from './plain-layers.ts'

/** A layer without its numbers, which are drawn for the shape that comes in. */
type Plan = (shape: readonly number[], draw: (...shape: number[]) => Nested) => PlainLayer

interface Activated {
  readonly activation?: string
  readonly alpha?: number
  readonly bias?: boolean
}

const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1)

const dense =
  (out: number, { bias = true, activation = 'identity', ...rest }: Activated = {}): Plan =>
  (shape, draw) => ({
    kind: 'dense',
    W: draw(out, size(shape)),
    b: bias ? draw(out) : null,
    activation,
    ...rest,
  })

/** Files of the first kinds say no kind. */
const kindless =
  (plan: Plan): Plan =>
  (shape, draw) => {
    const { kind: _, ...layer } = plan(shape, draw)
    return layer
  }

const conv =
  (
    out: number,
    kernel: readonly [number, number],
    {
      bias = true,
      activation = 'identity',
      ...rest
    }: Activated & { readonly stride?: number[]; readonly padding?: number[] } = {},
  ): Plan =>
  ([channels], draw) => ({
    kind: 'conv2d',
    W: draw(out, channels, ...kernel),
    b: bias ? draw(out) : null,
    stride: [1, 1],
    padding: [0, 0],
    activation,
    ...rest,
  })

const pool =
  (kind: 'maxPool2d' | 'averagePool2d', size: number[], stride: number[]): Plan =>
  () => ({ kind, size, stride })

const maxout =
  (out: number, pieces: number, { bias = true }: Activated = {}): Plan =>
  (shape, draw) => ({
    kind: 'maxout',
    W: draw(out, pieces, size(shape)),
    b: bias ? draw(out, pieces) : null,
  })

const flatten: Plan = () => ({ kind: 'flatten' })

const residual =
  (plans: readonly Plan[], skip: 'identity' | 'linear'): Plan =>
  (shape, draw) => {
    const layers = filled(plans, shape, draw)
    const out = size(shapeBehind(layers, shape))
    return { kind: 'residual', layers, skip: skip === 'identity' ? null : { W: draw(out, size(shape)) } }
  }

function filled(
  plans: readonly Plan[],
  shape: readonly number[],
  draw: (...shape: number[]) => Nested,
): PlainLayer[] {
  const layers: PlainLayer[] = []
  for (const plan of plans) layers.push(plan(shapeBehind(layers, shape), draw))
  return layers
}

/** Every kind, on images and rows: overlapping and far windows, odd sizes, units with one state, nested blocks, no biases. */
const stacks: Readonly<Record<string, { readonly input: number[]; readonly plans: readonly Plan[] }>> = {
  'convolution, overlapping maxima, abs': {
    input: [2, 6, 5],
    plans: [
      conv(3, [3, 2], { stride: [2, 1], padding: [1, 0], activation: 'leaky', alpha: 0.25 }),
      pool('maxPool2d', [2, 2], [1, 1]),
      flatten,
      dense(4, { activation: 'abs' }),
      dense(2),
    ],
  },
  'means, convolution without bias': {
    input: [1, 7, 6],
    plans: [
      pool('averagePool2d', [3, 2], [2, 1]),
      conv(2, [2, 2], { padding: [0, 1], activation: 'relu', bias: false }),
      pool('averagePool2d', [2, 3], [1, 2]),
      dense(3, { activation: 'abs' }),
      dense(2, { bias: false }),
    ],
  },
  'nested residual blocks of images': {
    input: [2, 4, 4],
    plans: [
      residual(
        [
          conv(2, [3, 3], { padding: [1, 1], activation: 'relu' }),
          residual([conv(2, [1, 1], { activation: 'abs' })], 'identity'),
        ],
        'identity',
      ),
      pool('maxPool2d', [2, 3], [2, 1]),
      residual([flatten, maxout(5, 3), dense(3)], 'linear'),
      dense(2),
    ],
  },
  'maxout, nested residual blocks of rows': {
    input: [3],
    plans: [
      maxout(4, 3, { bias: false }),
      residual(
        [
          dense(5, { activation: 'leaky', alpha: -0.5 }),
          residual([dense(3, { activation: 'relu' }), dense(4)], 'linear'),
        ],
        'identity',
      ),
      kindless(dense(2, { activation: 'abs' })),
    ],
  },
  'windows far apart, units with one state': {
    input: [1, 7, 8],
    plans: [
      conv(2, [1, 1], { stride: [2, 2], activation: 'relu' }),
      pool('maxPool2d', [1, 1], [2, 1]),
      pool('maxPool2d', [1, 2], [1, 2]),
      dense(3, { activation: 'relu' }),
    ],
  },
  'no states at all': { input: [1, 4, 3], plans: [pool('averagePool2d', [2, 2], [1, 1]), dense(2)] },
  'no numbers at all': { input: [2, 3, 3], plans: [pool('maxPool2d', [2, 2], [1, 1]), flatten] },
  'maxout of one piece': { input: [3], plans: [maxout(4, 1), dense(2, { activation: 'relu' })] },
  'more than a word of units with many states': {
    input: [1, 8, 8],
    plans: [conv(3, [3, 3], { padding: [1, 1] }), pool('maxPool2d', [3, 3], [1, 1]), dense(2)],
  },
}

/** The names of the files that {@link madeLayersFile} makes. */
export const madeLayersFiles = Object.keys(stacks)

/** A `layers_*` file of a plain-loop oracle. */
export function madeLayersFile(name: string) {
  const { input, plans } = stacks[name]
  let drawn = 0
  const draw = (...shape: number[]): Nested =>
    rounded(key(`${name} ${drawn++}`).normal(shape, 'float64').toArray() as Nested)
  const layers = filled(plans, input, draw)
  const x = draw(3, size(input)) as number[][]
  return {
    kind: 'layers',
    about: name,
    input: { shape: input },
    layers,
    x,
    expect: expectedOf(layers, input, x),
  }
}

/** Half of it in 64ths, which float32 has too. */
const rounded = (value: Nested): Nested =>
  typeof value === 'number' ? Math.round(32 * value) / 64 : value.map(rounded)
