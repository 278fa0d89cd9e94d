/*
 * Networks of `layers_*` files in plain loops, which share no code with the engine: the oracle that such files are made with in tests.
 */

export interface PlainLayer {
  readonly kind?: string
  W?: Nested
  b?: Nested | null
  readonly activation?: string
  readonly alpha?: number
  readonly size?: readonly number[]
  readonly stride?: readonly number[]
  readonly padding?: readonly number[]
  readonly layers?: readonly PlainLayer[]
  readonly skip?: { W: Nested } | null
}

export type Nested = number | Nested[]

interface Sample {
  readonly shape: readonly number[]
  readonly values: readonly number[]
}

/** What a pass may be told: the states to take, instead of finding them, and how much of the biases to add. */
interface Pass {
  /** Of each layer with states in order; taken from the front, or found and added at the end. */
  readonly states: number[][]
  readonly isHeld: boolean
  readonly biases: 0 | 1
}

const lower: Readonly<Record<string, (alpha?: number) => number>> = {
  relu: () => 0,
  abs: () => -1,
  leaky: (alpha) => alpha!,
}

const row = (value: Nested | null | undefined, i: number): Nested => (value as Nested[])[i]
const length = (value: Nested | undefined): number => (value as Nested[]).length
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
const times = (a: Nested, v: readonly number[]): number =>
  v.reduce((sum, value, j) => sum + (row(a, j) as number) * value, 0)

function statesOf(pass: Pass, find: () => number[]): number[] {
  if (pass.isHeld) return pass.states.shift()!
  const found = find()
  pass.states.push(found)
  return found
}

function activated(
  { activation = 'identity', alpha }: PlainLayer,
  p: readonly number[],
  pass: Pass,
): number[] {
  if (activation === 'identity') return [...p]
  const states = statesOf(pass, () => p.map((value) => Number(value > 0)))
  return p.map((value, u) => (states[u] === 1 ? value : value * lower[activation](alpha)))
}

/** The places of every window: channel by channel, row by row. */
function windows(
  [channels, height, width]: readonly number[],
  size: readonly number[],
  stride: readonly number[],
) {
  const counts = [0, 1].map((axis) => Math.floor(([height, width][axis] - size[axis]) / stride[axis]) + 1)
  const places = range(channels).flatMap((c) =>
    range(counts[0]).flatMap((i) =>
      range(counts[1]).map((j) =>
        range(size[0]).flatMap((k) =>
          range(size[1]).map((l) => (c * height + i * stride[0] + k) * width + j * stride[1] + l),
        ),
      ),
    ),
  )
  return { shape: [channels, ...counts], places }
}

/** The first of the largest. */
const winner = (candidates: readonly number[]): number => candidates.indexOf(Math.max(...candidates))

type Kind = (layer: PlainLayer, x: Sample, pass: Pass) => Sample

const kinds: Readonly<Record<string, Kind>> = {
  dense(layer, { values }, pass) {
    const p = range(length(layer.W)).map(
      (o) => times(row(layer.W, o), values) + (layer.b ? pass.biases * (row(layer.b, o) as number) : 0),
    )
    return { shape: [p.length], values: activated(layer, p, pass) }
  },
  conv2d(layer, { values, shape }, pass) {
    const [channels, height, width] = shape
    const [stride, padding] = [layer.stride!, layer.padding!]
    const size = [length(row(row(layer.W, 0), 0)), length(row(row(row(layer.W, 0), 0), 0))]
    const counts = [0, 1].map(
      (axis) => Math.floor(([height, width][axis] + 2 * padding[axis] - size[axis]) / stride[axis]) + 1,
    )
    const made: number[] = []
    for (const o of range(length(layer.W)))
      for (const i of range(counts[0]))
        for (const j of range(counts[1])) {
          let sum = layer.b ? pass.biases * (row(layer.b, o) as number) : 0
          for (const c of range(channels))
            for (const k of range(size[0]))
              for (const l of range(size[1])) {
                const [y, x] = [i * stride[0] + k - padding[0], j * stride[1] + l - padding[1]]
                if (y < 0 || y >= height || x < 0 || x >= width) continue
                sum +=
                  (row(row(row(row(layer.W, o), c), k), l) as number) * values[(c * height + y) * width + x]
              }
          made.push(sum)
        }
    return { shape: [length(layer.W), ...counts], values: activated(layer, made, pass) }
  },
  maxPool2d({ size, stride }, { values, shape }, pass) {
    const { shape: made, places } = windows(shape, size!, stride!)
    if (size![0] * size![1] === 1) return { shape: made, values: places.map(([place]) => values[place]) }
    const states = statesOf(pass, () => places.map((window) => winner(window.map((place) => values[place]))))
    return { shape: made, values: places.map((window, u) => values[window[states[u]]]) }
  },
  averagePool2d({ size, stride }, { values, shape }) {
    const { shape: made, places } = windows(shape, size!, stride!)
    const mean = (window: number[]) => window.reduce((sum, place) => sum + values[place], 0) / window.length
    return { shape: made, values: places.map(mean) }
  },
  maxout({ W, b }, { values }, pass) {
    const candidates = range(length(W)).map((u) =>
      range(length(row(W, u))).map(
        (k) => times(row(row(W, u), k), values) + (b ? pass.biases * (row(row(b, u), k) as number) : 0),
      ),
    )
    if (length(row(W, 0)) === 1) return { shape: [candidates.length], values: candidates.flat() }
    const states = statesOf(pass, () => candidates.map(winner))
    return { shape: [candidates.length], values: candidates.map((each, u) => each[states[u]]) }
  },
  flatten: (_, { values }) => ({ shape: [values.length], values }),
  residual({ layers, skip }, x, pass) {
    const { shape, values } = through(layers!, x, pass)
    const past = (o: number) => (skip ? times(row(skip.W, o), x.values) : x.values[o])
    return { shape, values: values.map((value, o) => value + past(o)) }
  },
}

const through = (layers: readonly PlainLayer[], x: Sample, pass: Pass): Sample =>
  layers.reduce((sample, layer) => kinds[layer.kind ?? 'dense'](layer, sample, pass), x)

/** The shape that layers make of another. */
export const shapeBehind = (layers: readonly PlainLayer[], shape: readonly number[]): readonly number[] =>
  through(layers, { shape, values: Array(shape.reduce((a, b) => a * b, 1)).fill(1) }, found()).shape

const found = (): Pass => ({ states: [], isHeld: false, biases: 1 })
const held = (states: readonly number[][], biases: 0 | 1): Pass => ({
  states: [...states],
  isHeld: true,
  biases,
})

/** Units that choose among one have one state. */
const hasStates = ({ kind, W, activation = 'identity', size = [] }: PlainLayer): boolean => {
  if (kind === 'maxout') return length(row(W, 0)) > 1
  return kind === 'maxPool2d' ? Math.max(...size) > 1 : activation !== 'identity'
}

const statePaths = (layers: readonly PlainLayer[], path: number[] = []): number[][] =>
  layers.flatMap((layer, l) => {
    if (layer.layers) return statePaths(layer.layers, [...path, l])
    return hasStates(layer) ? [[...path, l]] : []
  })

/** All that a file of these layers and rows expects, by the names of the files. */
export function expectedOf(layers: readonly PlainLayer[], shape: readonly number[], x: readonly number[][]) {
  const samples = x.map((values) => {
    const pass = found()
    const { values: output } = through(layers, { shape, values }, pass)
    return { values, output, states: pass.states }
  })
  const at = (states: readonly number[][], values: readonly number[], biases: 0 | 1) =>
    through(layers, { shape, values }, held(states, biases)).values
  const linear = (states: readonly number[][]) => {
    const columns = x[0].map((_, i) =>
      at(
        states,
        x[0].map((_, j) => Number(i === j)),
        0,
      ),
    )
    return columns[0].map((_, o) => columns.map((column) => column[o]))
  }
  const square = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const meanSquaredOutput = () =>
    mean(samples.map(({ states, values }) => square(at(states, values, 1)) / samples[0].output.length))
  const meanSquaredNormA = () => mean(samples.map(({ states }) => square(linear(states).flat())))
  return {
    stateLayers: statePaths(layers),
    output: samples.map(({ output }) => output),
    states: samples.map(({ states }) => states),
    A: samples.map(({ states }) => linear(states)),
    b: samples.map(({ states, values }) =>
      at(
        states,
        values.map(() => 0),
        1,
      ),
    ),
    meanSquaredOutput: { value: meanSquaredOutput(), grad: gradients(layers, meanSquaredOutput) },
    meanSquaredNormA: { value: meanSquaredNormA(), grad: gradients(layers, meanSquaredNormA) },
  }
}

/**
 * A tree shaped like the layers. With the states held an output is affine in any one number of the network, and its square a parabola: its
 * slope is the difference of two values, of any distance, but for rounding.
 */
function gradients(layers: readonly PlainLayer[], f: () => number): unknown[] {
  return layers.map(({ W, b, layers: inner, skip }) => ({
    ...(W !== undefined && { W: slopes(W, f) }),
    ...(b && { b: slopes(b, f) }),
    ...(inner && { layers: gradients(inner, f) }),
    ...(skip && { skip: { W: slopes(skip.W, f) } }),
  }))
}

const slopes = (value: Nested, f: () => number): Nested =>
  (value as Nested[]).map((part, i, all) => {
    if (typeof part !== 'number') return slopes(part, f)
    const [above, below] = [part + 1, part - 1].map((moved) => {
      all[i] = moved
      return f()
    })
    all[i] = part
    return (above - below) / 2
  })
