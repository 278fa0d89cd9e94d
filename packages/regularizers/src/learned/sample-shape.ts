import { describe, expectCount, expectOptions, type OptionKind } from '@facet/tensor/checks'

/** Pixels of an image, which lie channel after channel. */
export interface ImageGrid {
  readonly height: number
  readonly width: number
  /** Default 1. */
  readonly channels?: number
}

/** What the values of a sample are: a series in order, or an image. */
export type SampleShape = 'line' | ImageGrid

const names = ['height', 'width', 'channels']

/** Shapes as options. */
export const aSampleShape: OptionKind<SampleShape> = {
  check(operation, option, value) {
    if (value === 'line') return
    if (typeof value !== 'object' || value === null)
      throw new TypeError(
        `${operation}: ${option}: expected 'line' or { height, width, channels }, got ${describe(value)}`,
      )
    expectOptions(`${operation}: ${option}`, value, names)
    const { height, width, channels = 1 } = value as ImageGrid
    expectCount(operation, `${option}.height`, height, 2)
    expectCount(operation, `${option}.width`, width, 2)
    expectCount(operation, `${option}.channels`, channels)
  },
}
