import type { Html } from '../report/html.ts'
import type { Drawn } from './svg.ts'

/** A chart of {@link svgOf} with its size. */
export function drawnOf(chart: Html): Drawn {
  const svg = String(chart)
  const side = (name: 'width' | 'height') =>
    Number(new RegExp(`^<svg[^>]* ${name}="([\\d.]+)"`).exec(svg)![1])
  // Numbers at the ends of an axis reach over the edge.
  const open = svg.replace('<svg', '<svg overflow="visible"')
  return { svg: open, width: side('width'), height: side('height') }
}
