import type { LinearMap, Network, Pieces } from '@facet/models'
import { scope, type Tensor, tensor } from '@facet/tensor'
import { type SparseMatrix, transposed } from '../numbers/sparse-matrix.ts'
import type { Program, Slot, Step } from './program.ts'

/** Unit vectors that go through a linear map at one time hold about as many numbers: 4 MiB of float32. */
const NUMBERS_AT_ONCE = 2 ** 20

/**
 * The network as plain numbers, as they are now.
 *
 * @throws Error for a weight that is not finite: signs of such numbers say nothing.
 */
export function programOf(network: Network): Program {
  const steps: Step[] = []
  const sizes = [network.inputs]
  let groups = 0
  const fill = (size: number, step: (to: Slot) => Step): Slot => {
    const to = sizes.push(size) - 1
    steps.push(step(to))
    return to
  }
  const output = scope(() =>
    network.walk<Slot>(
      {
        affine(map, bias, from) {
          const [matrix, shift] = [map && matrixOf(network, map), bias && numbersOf(network, bias)]
          return fill(map?.outputs ?? sizes[from], (to) => ({
            kind: 'affine',
            from,
            to,
            matrix,
            bias: shift,
          }))
        },
        pieces(pieces, from) {
          const group = groups++
          return fill(pieces.units, (to) => choiceStep(pieces, { from, to, group }))
        },
        add: (a, b) => fill(sizes[a], (to) => ({ kind: 'sum', a, b, to })),
      },
      0,
    ),
  )
  const { inputs, outputs } = network
  return { inputs, outputs, steps, sizes, output, groups: network.groups }
}

function choiceStep(pieces: Pieces, at: { from: Slot; to: Slot; group: number }): Step {
  const choice = pieces.choice()
  return choice.kind === 'sign'
    ? { kind: 'sign', ...at, slope: choice.slope }
    : { kind: 'largest', ...at, states: pieces.states, places: choice.places }
}

function matrixOf(network: Network, map: LinearMap): SparseMatrix {
  return map.matrix === null ? ofUnitVectors(network, map) : ofRows(numbersOf(network, map.matrix), map)
}

/** The entries of a matrix [out, in] that are not 0. */
function ofRows(numbers: Float64Array, { inputs, outputs }: LinearMap): SparseMatrix {
  let count = 0
  for (let k = 0; k < numbers.length; k++) if (numbers[k] !== 0) count++
  const start = new Int32Array(outputs + 1)
  const column = new Int32Array(count)
  const value = new Float64Array(count)
  let at = 0
  for (let i = 0; i < outputs; i++) {
    for (let j = 0; j < inputs; j++) {
      const x = numbers[i * inputs + j]
      if (x === 0) continue
      column[at] = j
      value[at++] = x
    }
    start[i + 1] = at
  }
  return { rows: outputs, columns: inputs, start, column, value }
}

/** What the map makes of the unit vectors: a product with one term each is exact. */
function ofUnitVectors(network: Network, map: LinearMap): SparseMatrix {
  const { inputs, outputs } = map
  const start = new Int32Array(inputs + 1)
  const column: number[] = []
  const value: number[] = []
  const chunk = Math.max(1, Math.floor(NUMBERS_AT_ONCE / Math.max(inputs, outputs)))
  for (let from = 0; from < inputs; from += chunk) {
    const count = Math.min(chunk, inputs - from)
    const units = new Float64Array(count * inputs)
    for (let i = 0; i < count; i++) units[i * inputs + from + i] = 1
    const images = scope(() =>
      numbersOf(network, map.apply(tensor(units, { shape: [count, inputs], dtype: network.dtype }))),
    )
    for (let i = 0; i < count; i++) {
      for (let o = 0; o < outputs; o++) {
        const x = images[i * outputs + o]
        if (x === 0) continue
        column.push(o)
        value.push(x)
      }
      start[from + i + 1] = column.length
    }
  }
  return transposed({
    rows: inputs,
    columns: outputs,
    start,
    column: Int32Array.from(column),
    value: Float64Array.from(value),
  })
}

function numbersOf(network: Network, x: Tensor): Float64Array {
  const numbers = new Float64Array(x.dataSync() as ArrayLike<number>)
  // One that is not finite makes the sum of what is 0 otherwise another.
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += numbers[i] - numbers[i]
  if (sum === 0) return numbers
  throw new Error(`${network.name}: expected finite weights, got ${numbers.find((x) => !Number.isFinite(x))}`)
}
