import { type Key, key } from '@facet/tensor'
import {
  aCount,
  aFloatDType,
  aSeed,
  aValue,
  type OptionsOf,
  optionTable,
  withDefault,
} from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { rowsFrom, rowsToTensor } from '../rows.ts'
import { digitStrokes, type Place } from './digit-strokes.ts'
import { inkOf } from './ink.ts'

const table = optionTable('drawnDigits', {
  /** Number of training images; default 500. */
  train: withDefault(aCount(), 500),
  /** Number of test images; default 200. */
  test: withDefault(aCount(), 200),
  /** Pixels of a side, from 8 to 16; default 12. */
  size: withDefault(
    aValue<number>(
      'a whole number from 8 to 16',
      (value) => Number.isInteger(value) && (value as number) >= 8 && (value as number) <= 16,
    ),
    12,
  ),
  /** Default 0. */
  seed: withDefault(aSeed, 0),
  /** Default float32. */
  dtype: withDefault(aFloatDType, 'float32'),
})

/** What {@link drawnDigits} takes. */
export type DrawnDigitsOptions = OptionsOf<typeof table>

/** Half the width of the usual pen, and its least, in sides of the image. */
const pen = { usual: 0.05, least: 0.03, spread: 0.014 }

/** Standard deviations of what differs from image to image: affine parts, and `bend` of those of the second degree. */
const spread = { slant: 0.16, turn: 0.07, stretch: 0.07, shift: 0.025, bend: 0.22 }

/** Means of (y − ½)² and (x − ½)² on a digit, about: bent lines stay in the middle. */
const [MEAN_DOWN, MEAN_ACROSS] = [0.08, 0.03]

/** Random numbers of an image. */
const NORMALS = 11

/** A map of the plane of second degree, near the identity. */
function bendBy(normals: Float64Array): (place: Place) => Place {
  const [slant, turn, wide, high, right, down, ...bends] = normals
  const [b1, b2, b3, b4] = bends.map((normal) => spread.bend * normal)
  const angle = spread.turn * turn
  const lean = angle - spread.slant * slant
  const [across, along] = [1 + spread.stretch * wide, 1 + spread.stretch * high]
  const [x0, y0] = [0.5 + spread.shift * right, 0.5 + spread.shift * down]
  return ([px, py]) => {
    const [x, y] = [px - 0.5, py - 0.5]
    return [
      x0 + across * x + lean * y + b1 * x * y + b2 * (y * y - MEAN_DOWN),
      y0 + along * y - angle * x + b3 * x * y + b4 * (x * x - MEAN_ACROSS),
    ]
  }
}

function imageOf(digit: number, key: Key, size: number): Float64Array {
  const normals = key.normalArray(NORMALS)
  const bend = bendBy(normals.subarray(0, NORMALS - 1))
  const radius = Math.max(pen.least, pen.usual + pen.spread * normals[NORMALS - 1])
  const strokes = digitStrokes[digit].map((stroke) => stroke.map(bend))
  return inkOf(strokes, radius, size)
}

/**
 * Digits from 0 to 9 as a pen writes them, by formula: lines and arcs of ellipses that every image slants, turns, stretches, shifts and bends
 * at random, drawn with a pen of random thickness. Pixels are in [0, 1], 1 being ink, and fall off linearly over one pixel at the edge of a line.
 * Labels are the digits, the i-th of a part i mod 10; image i of a part depends on the seed and i alone.
 *
 * @returns train `[500, 144]`, test `[200, 144]`, `image: { height: 12, width: 12, channels: 1 }`
 * @throws RangeError for numbers out of range, TypeError for a size that is not a whole number from 8 to 16
 * @example
 * await init()
 * const { train, trainLabels, image } = drawnDigits({ size: 16 })
 */
export function drawnDigits(options: DrawnDigitsOptions = {}): Dataset {
  const { seed, size, dtype, ...counts } = table.resolve(options)
  const root = key(seed).child('drawnDigits')
  const part = (name: 'train' | 'test') => {
    const labels = Int32Array.from({ length: counts[name] }, (_, i) => i % 10)
    const images = Array.from(labels, (digit, i) => imageOf(digit, root.child(name, i), size))
    return { samples: rowsToTensor(rowsFrom(images, size * size), dtype), labels }
  }
  const [train, test] = [part('train'), part('test')]
  return {
    name: 'drawnDigits',
    train: train.samples,
    test: test.samples,
    trainLabels: train.labels,
    testLabels: test.labels,
    image: { height: size, width: size, channels: 1 },
  }
}
