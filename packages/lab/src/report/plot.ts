import { crc32 } from '@facet/tensor'
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { escapeText, type Html, trusted } from './html.ts'
import { shortPath } from './short-path.ts'

const { document } = parseHTML('<!doctype html><html><body></body></html>')

const geometry = new Set(['d', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height', 'transform'])
const manyDigits = /-?\d+\.\d{2,}/g

/** A tenth of a pixel is finer than anyone sees; of thirty lines of 128 points 60 % of the bytes go. */
const toTenths = (value: string): string =>
  escapeText(value).replace(manyDigits, (number) => String(Math.round(Number(number) * 10) / 10))

/** Whether an element has no place: where numbers are not finite, or overflow as they are scaled, Plot writes `NaN` and `Infinity`. */
const isNowhere = (element: Element): boolean =>
  element
    .getAttributeNames()
    .some((name) => geometry.has(name) && /NaN|Infinity/.test(element.getAttribute(name)!))

/**
 * An element as SVG, which is XML as well as HTML. linkedom's `outerHTML` is HTML alone: it leaves `&` in attributes and characters that XML
 * forbids as they are.
 */
function markupOf(node: Node): string {
  if (node.nodeType === 3) return escapeText(node.textContent ?? '')
  if (node.nodeType !== 1) return ''
  const element = node as Element
  if (isNowhere(element)) return ''
  let markup = `<${element.localName}`
  for (const name of element.getAttributeNames()) {
    const value = element.getAttribute(name)!
    const short = name === 'd' ? shortPath(value) : null
    markup += ` ${name}="${short ?? (geometry.has(name) ? toTenths(value) : escapeText(value))}"`
  }
  let child: Node | null = node.firstChild
  if (child === null) return `${markup} />`
  markup += '>'
  for (; child !== null; child = child.nextSibling) markup += markupOf(child)
  return `${markup}</${element.localName}>`
}

/** Plot counts the ids of its clips over all charts of a process; the same chart shall have the same bytes. */
function withOwnIds(svg: string): string {
  const clip = /plot-clip-\d+/g
  const own = crc32(new TextEncoder().encode(svg.replace(clip, ''))).toString(36)
  const ids = [...new Set(svg.match(clip) ?? [])]
  return svg.replace(clip, (id) => `clip-${own}-${ids.indexOf(id)}`)
}

/**
 * A chart as SVG, the same bytes for the same options; `ariaLabel` says in words what it shows. Text takes the page's font, lines without a
 * colour the page's ink. Legends of continuous colours need a canvas, which there is none of here: draw them as marks (see `colourScale`).
 */
export function svgOf({ style, ...options }: Plot.PlotOptions & { readonly ariaLabel: string }): Html {
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
  return trusted(withOwnIds(markupOf(figure)))
}
