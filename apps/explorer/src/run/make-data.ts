import {
  arcs,
  circle,
  cylinderBellFunnel,
  type Dataset,
  drawnDigits,
  spiral,
  swissRoll,
  torus,
  twoMoons,
} from '@facet/data'
import { key, scope, tensor } from '@facet/tensor'
import type { DataRecipe, Recipe, SetName } from '../state/recipe.ts'
import type { DataFacts, GivenRows } from '../work/messages.ts'

/** Side of drawn digits: 144 pixels, which a small network learns in seconds. */
export const digitSide = 12

type Makers = Readonly<
  Record<Exclude<SetName, 'drawn' | 'file'>, (data: DataRecipe, seed: number) => Dataset>
>

const makers: Makers = {
  circle: ({ points, noise, gap }, seed) =>
    circle({ points, noise, seed, gap: [(0.5 - gap / 2) * 2 * Math.PI, (0.5 + gap / 2) * 2 * Math.PI] }),
  arcs: ({ points, noise }, seed) => arcs({ points, noise, seed }),
  moons: ({ points, noise }, seed) => twoMoons({ points, noise, seed }),
  spiral: ({ points, noise }, seed) => spiral({ points, noise, seed }),
  swissRoll: ({ points, noise }, seed) => swissRoll({ points, noise, seed }),
  torus: ({ points, noise }, seed) => torus({ points, noise, seed }),
  cbf: ({ points }, seed) => cylinderBellFunnel({ train: points, test: Math.max(30, points), seed }),
  digits: ({ points }, seed) => drawnDigits({ train: points, test: points, size: digitSide, seed }),
}

/** One in so many rows of drawn points and of files is held out for validation. */
const HELD_OUT = 5

/**
 * The samples of a recipe: those of a set by its formula, with its own held-out part, or the rows that were drawn or read, of which every fifth
 * of a random order is held out.
 *
 * @throws Error where there are fewer than two rows
 */
export function makeData({ data, seed }: Recipe, given: GivenRows | null): DataFacts {
  if (data.set === 'drawn') {
    const values = Float32Array.from(data.drawn, (thousandths) => thousandths / 1000)
    return splitRows({ values, width: 2, labels: null, classes: null, columns: ['x', 'y'] }, seed)
  }
  if (data.set === 'file') {
    if (given === null) throw new Error('expected the rows of a file, got none: choose the file again')
    return splitRows(given, seed)
  }
  const { set } = data
  return scope(() => {
    const { train, test, trainLabels, image } = makers[set](data, seed)
    return {
      train: train.dataSync() as Float32Array,
      validation: test.dataSync() as Float32Array,
      width: train.shape[1],
      labels: trainLabels,
      classes: null,
      columns: null,
      kind: image ? 'image' : set === 'cbf' ? 'series' : 'points',
      image: image ?? null,
    }
  })
}

function splitRows({ values, width, labels, classes, columns }: GivenRows, seed: number): DataFacts {
  const count = values.length / width
  if (count < 2) throw new Error(`expected at least two rows, got ${count}`)
  const order = key(seed).child('explorer', 'held out').permutation(count)
  const held = Math.max(1, Math.floor(count / HELD_OUT))
  const rowsOf = (rows: Int32Array): Float32Array => {
    const chosen = new Float32Array(rows.length * width)
    rows.forEach((row, i) => chosen.set(values.subarray(row * width, (row + 1) * width), i * width))
    return chosen
  }
  const [out, kept] = [order.subarray(0, held).slice().sort(), order.subarray(held).slice().sort()]
  return {
    train: rowsOf(kept),
    validation: rowsOf(out),
    width,
    labels: labels && Int32Array.from(kept, (row) => labels[row]),
    classes,
    columns,
    kind: 'points',
    image: null,
  }
}

/** Rows as a tensor `[count, width]`. */
export const asTensor = (values: Float32Array, width: number) =>
  tensor(values, { shape: [values.length / width, width] })
