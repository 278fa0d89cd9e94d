import type { Drawn } from './svg.ts'

/** A chart of {@link svgOf} with its size. */
export function drawnOf(svg: string): Drawn {
  const side = (name: 'width' | 'height') =>
    Number(new RegExp(`^<svg[^>]* ${name}="([\\d.]+)"`).exec(svg)![1])
  return { svg, width: side('width'), height: side('height') }
}
