import type { PoolingParams } from '../../../../ops/convolution/pooling-params.ts'
import type { Shape } from '../../../../shape.ts'

/** Images [..., H, W] and windows [..., OH, OW] that slide over them, in GLSL. */
export interface Windows {
  /** Tells them from all others. */
  readonly key: string
  /** Statements: the `plane` of window `i`, and `top` and `left`, where the window begins in it. */
  readonly ofWindow: string
  /** Statements: the `plane` of element `i` of the images, and `top` and `left`, its place in it with the padding. */
  readonly ofImage: string
  /** Whether `row` and `column` are those of an element. */
  readonly isInside: string
  /** The number among all elements of the images of that at `row` and `column` of `plane`. */
  readonly placeOf: string
  /** A loop over the elements of a window that lie in the image, number `at` of all. */
  readonly eachElement: (body: string) => string
  /** A loop over the windows that hold an element, number `at` of all. */
  readonly eachWindow: (body: string) => string
}

/** The GLSL of windows. */
export function windowsOf(
  images: Shape,
  windows: Shape,
  { kernel, stride, padding }: PoolingParams,
): Windows {
  const [height, width] = images.slice(-2)
  const [rows, columns] = windows.slice(-2)
  // The first window that reaches as far as `p`, and the last one that begins no later.
  const first = (p: string, k: number, s: number): string => `max(0, (${p} + ${s} - ${k}) / ${s})`
  const last = (p: string, count: number, s: number): string => `min(${count - 1}, ${p} / ${s})`
  const placeOf = `(plane * ${height} + row) * ${width} + column`
  return {
    key: [height, width, rows, columns, kernel, stride, padding].join(' '),
    ofWindow: `  int plane = i / ${rows * columns};
  int top = i / ${columns} % ${rows} * ${stride[0]} - ${padding[0]};
  int left = i % ${columns} * ${stride[1]} - ${padding[1]};`,
    ofImage: `  int plane = i / ${height * width};
  int top = i / ${width} % ${height} + ${padding[0]};
  int left = i % ${width} + ${padding[1]};`,
    isInside: `row >= 0 && row < ${height} && column >= 0 && column < ${width}`,
    placeOf,
    eachElement: (body) => `  for (int row = max(0, top); row < min(${height}, top + ${kernel[0]}); row++)
    for (int column = max(0, left); column < min(${width}, left + ${kernel[1]}); column++) {
      int at = ${placeOf};
${body}
    }`,
    eachWindow: (
      body,
    ) => `  for (int row = ${first('top', kernel[0], stride[0])}; row <= ${last('top', rows, stride[0])}; row++)
    for (int column = ${first('left', kernel[1], stride[1])}; column <= ${last('left', columns, stride[1])}; column++) {
      int at = (plane * ${rows} + row) * ${columns} + column;
${body}
    }`,
  }
}
