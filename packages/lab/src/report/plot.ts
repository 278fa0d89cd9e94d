import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

const { document } = parseHTML('<!doctype html><html><body></body></html>')

const geometry = / (d|x|y|x1|x2|y1|y2|cx|cy|width|height|transform)="([^"]*)"/g
const manyDigits = /-?\d+\.\d{2,}/g

/** A tenth of a pixel is finer than anyone sees; of thirty lines of 128 points 60 % of the bytes go. */
const toTenths = (svg: string): string =>
  svg.replace(geometry, (_, name: string, value: string) => {
    const rounded = value.replace(manyDigits, (number) => String(Math.round(Number(number) * 10) / 10))
    return ` ${name}="${rounded}"`
  })

/** HTML lets `<` stand in an attribute; the page has it nowhere but in tags. */
const escapeLabels = (svg: string): string =>
  svg.replace(
    / aria-label="([^"]*)"/g,
    (_, label: string) => ` aria-label="${label.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}"`,
  )

/**
 * A chart as SVG text, the same bytes for the same options; `ariaLabel` says in words what it shows. Text takes the
 * page's font, lines without a colour the page's ink. Legends of continuous colours need a canvas, which there is
 * none of here: draw them as marks (see `colourScale`).
 */
export function svgOf({ style, ...options }: Plot.PlotOptions & { readonly ariaLabel: string }): string {
  const figure = Plot.plot({
    className: 'chart',
    ...options,
    style: { fontFamily: 'inherit', fontSize: '12px', background: 'none', ...(style as object) },
    document: document as unknown as Document,
  })
  figure.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  figure.setAttribute('role', 'img')
  // The page says how charts are laid out; a chart of its own needs none of it.
  figure.querySelector('style')?.remove()
  return escapeLabels(toTenths(figure.outerHTML))
}
