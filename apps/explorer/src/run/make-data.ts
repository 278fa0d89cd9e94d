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
import type { Recipe } from '../state/recipe.ts'
import { done } from './calls.ts'
import { dataCall } from './data-calls.ts'
import type { DataFacts, GivenRows } from './data-facts.ts'
import { HELD_OUT, streams } from './streams.ts'

const makers = { arcs, circle, cylinderBellFunnel, drawnDigits, spiral, swissRoll, torus, twoMoons }

/**
 * The samples of a recipe: those of a set by its formula, with its own held-out part, or the rows that were drawn or read, of which every fifth
 * of a random order is held out.
 *
 * @throws Error where there are fewer than two rows
 */
export function makeData(recipe: Recipe, given: GivenRows | null): DataFacts {
  const { data, seed } = recipe
  const call = dataCall(recipe)
  if (call === null) {
    if (data.set === 'drawn') {
      const values = Float32Array.from(data.drawn, (thousandths) => thousandths / 1000)
      return splitRows({ values, width: 2, labels: null, classes: null, columns: ['x', 'y'] }, seed)
    }
    if (given === null) {
      const name = data.file?.name ?? 'a file'
      throw new Error(`expected the rows of ${name}, got none: choose that file on this machine`)
    }
    return splitRows(given, seed)
  }
  return scope(() => {
    const { train, test, trainLabels, image } = done<Dataset>(call, makers)
    return {
      train: train.dataSync() as Float32Array,
      validation: test.dataSync() as Float32Array,
      width: train.shape[1],
      labels: trainLabels,
      classes: null,
      columns: null,
      kind: image ? 'image' : data.set === 'cbf' ? 'series' : 'points',
      image: image ?? null,
    }
  })
}

function splitRows({ values, width, labels, classes, columns }: GivenRows, seed: number): DataFacts {
  const count = values.length / width
  if (count < 2) throw new Error(`expected at least two rows, got ${count}`)
  const order = key(seed)
    .child(...streams.heldOut)
    .permutation(count)
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
