import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

const { document } = parseHTML('<!doctype html><html><body></body></html>')

/** A chart as SVG text, the same bytes for the same options. */
export function svgOf(options: Plot.PlotOptions): string {
  const figure = Plot.plot({ className: 'chart', ...options, document: document as unknown as Document })
  figure.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return figure.outerHTML
}
