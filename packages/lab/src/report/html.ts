/* biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what is looked for here. */

/** Markup that {@link html} put together, or that we wrote ourselves ({@link trusted}). */
export class Html {
  readonly #markup: string

  constructor(markup: string) {
    this.#markup = markup
  }

  /** The markup as text, for a file. Another {@link html} would escape that text. */
  toString(): string {
    return this.#markup
  }
}

/** Markup of our own: constants, and charts of `svgOf`. Never a text of data, files or arguments. */
export const trusted = (markup: string): Html => new Html(markup)

/** What a hole between tags takes: text is escaped, lists are joined, `null` is nothing. */
export type Content = string | number | Html | null | readonly Content[]

type Value = string | number | null

/** Attributes for a hole behind the name of an element. */
class Attributes {
  readonly values: Readonly<Record<string, Value>>

  constructor(values: Readonly<Record<string, Value>>) {
    this.values = values
  }
}

/** Attributes of an element, for a hole behind its name; those that are `null` are left out. */
export const attributes = (values: Readonly<Record<string, Value>>): Attributes => new Attributes(values)

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** XML has no place for these, not even as references, and UTF-8 none for half a pair; and signs that turn text, so that it reads as other text. */
const unwritable =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu
const special =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069&<>"'\ud800-\udfff\ufffe\uffff]/

/** Text inside an element or a quoted attribute, of HTML as of SVG and XML. What XML cannot hold becomes U+FFFD. */
export const escapeText = (text: string): string =>
  // Most texts are numbers and words: one look is enough.
  special.test(text)
    ? text.replace(unwritable, '\ufffd').replace(/[&<>"']/g, (character) => entities[character])
    : text

/** Where a hole stands. */
interface Place {
  readonly kind: 'content' | 'words' | 'css' | 'attributes' | 'attribute' | 'declaration' | 'address'
  /** The element or the attribute. */
  readonly name: string
  /** What the attribute says before the hole. */
  readonly before: string
}

function refuse(what: string): never {
  throw new TypeError(`html: ${what}`)
}

/** Attributes of SVG that are CSS, so that their value may name an address. */
const presentation =
  /^(?:clip-path|color|cursor|fill|filter|flood-color|lighting-color|marker(?:-start|-mid|-end)?|mask|stop-color|stroke)$/
const address = /^(?:href|src|xlink:href)$/
/** Scripts and pages in an attribute, further addresses, and what an animation would set. No report has a use for a hole there. */
const unfillable =
  /^(?:on.*|srcdoc|srcset|imagesrcset|action|formaction|poster|ping|data|cite|manifest|codebase|archive|background|http-equiv|content|values|to|from|by|attributename)$/

function placeIn(name: string, before: string): Place {
  if (unfillable.test(name)) refuse(`no hole is safe in the attribute ${name}`)
  if (address.test(name)) return { kind: 'address', name, before }
  const isStyle = name === 'style'
  if (!isStyle && !presentation.test(name)) return { kind: 'attribute', name, before }
  // Of a style, the part that the hole is in.
  const said = before.slice(before.lastIndexOf(';') + 1)
  if (!(isStyle ? /^\s*[\w-]+\s*:[^(\\'"/]*$/ : /^[^(\\'"/]*$/).test(said))
    refuse(`only the value of a property may be a hole in ${name}, not what follows "${said}"`)
  return { kind: 'declaration', name, before }
}

/** Elements whose inside is no markup, and what a hole there takes. */
const insideOf: Readonly<Record<string, Place['kind'] | null>> = {
  title: 'words',
  textarea: 'words',
  style: 'css',
  ...{
    script: null,
    xmp: null,
    iframe: null,
    noembed: null,
    noframes: null,
    noscript: null,
    plaintext: null,
  },
}

/** Reads on at `at` what fits the sticky pattern. */
const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Reads the constant parts of a template, one after the other, as a browser would, and tells where each hole between them stands. */
function placesOf(parts: readonly string[]): Place[] {
  let where: 'content' | 'tag' | 'value' | 'raw' = 'content'
  let element = ''
  let attribute = ''
  let value = ''
  let quote = ''

  const tagEnds = (): void => {
    where = Object.hasOwn(insideOf, element) ? 'raw' : 'content'
  }

  const read = (part: string): void => {
    let at = 0
    while (at < part.length) {
      if (where === 'content') {
        const next = part.indexOf('<', at)
        if (next === -1) return
        const tag = matchAt(/<(\/?)([a-z][^\s/>]*)/iy, part, next)
        const declaration = matchAt(/<!doctype [^>]*>|<!--[\s\S]*?-->/iy, part, next)
        if (tag) {
          where = 'tag'
          element = tag[1] === '' ? tag[2].toLowerCase() : ''
        } else if (!declaration)
          refuse(`no hole is safe in "${part.slice(next)}", and a lone < is written &lt;`)
        at = next + (tag ?? declaration)![0].length
      } else if (where === 'raw') {
        const end = part.toLowerCase().indexOf(`</${element}`, at)
        if (end === -1) return
        where = 'tag'
        at = end + element.length + 2
        element = ''
      } else if (where === 'value') {
        const end = part.indexOf(quote, at)
        value += part.slice(at, end === -1 ? undefined : end)
        if (end === -1) return
        where = 'tag'
        at = end + 1
      } else if (part[at] === '>') {
        tagEnds()
        at++
      } else if (/[\s/]/.test(part[at])) {
        at++
      } else {
        const found = matchAt(
          /([^\s"'<>/=]+)(?:\s*=\s*(?:(["'])|([^\s"'`=<>]+)(?=[\s>]))|(?=[\s/>]))/y,
          part,
          at,
        )
        if (!found) refuse(`a hole in a tag stands in quotes or behind a space, not in "${part.slice(at)}"`)
        at += found[0].length
        if (found[2] === undefined) continue
        where = 'value'
        attribute = found[1].toLowerCase()
        quote = found[2]
        value = ''
      }
    }
  }

  const place = (): Place => {
    if (where === 'value') return placeIn(attribute, value)
    if (where === 'tag') {
      if (element === '') refuse('no hole is safe in a closing tag')
      return { kind: 'attributes', name: element, before: '' }
    }
    const kind = where === 'raw' ? insideOf[element] : 'content'
    return kind === null ? refuse(`no hole is safe in <${element}>`) : { kind, name: element, before: '' }
  }

  const places = parts.slice(0, -1).map((part) => {
    read(part)
    return place()
  })
  read(parts[parts.length - 1])
  if (where !== 'content')
    refuse('the template ends inside a tag, an attribute or an element that is no markup')
  return places
}

const kindOf = (hole: unknown): string =>
  hole instanceof Html ? 'Html' : hole === null ? 'null' : typeof hole

function textOf(hole: unknown, { name }: Place): string {
  if (typeof hole === 'string') return hole
  if (typeof hole === 'number') return String(hole)
  if (hole === null) return ''
  return refuse(`expected text, a number or null in ${name}, got ${kindOf(hole)}`)
}

function content(hole: unknown): string {
  if (hole instanceof Html) return String(hole)
  if (Array.isArray(hole)) return hole.map(content).join('')
  if (typeof hole === 'string' || typeof hole === 'number') return escapeText(String(hole))
  if (hole === null) return ''
  return refuse(`expected text, a number, Html, null or a list of them, got ${kindOf(hole)}`)
}

/** Words, numbers, colours, lengths, and functions that name no address. */
const isDeclaration = (text: string): boolean =>
  /^[\w\s#.,%()+*-]*$/.test(text) &&
  [...text.matchAll(/([\w-]*)\(/g)].every(([, name]) =>
    /^(?:var|calc|min|max|clamp|rgba?|hsla?|oklab|oklch)$/.test(name),
  )

/** What each place makes of a hole. */
const fill: Readonly<Record<Place['kind'], (hole: unknown, place: Place) => string>> = {
  content,
  words: (hole, place) => escapeText(textOf(hole, place)),
  attribute: (hole, place) => escapeText(textOf(hole, place)),
  css: (hole) => {
    const css = hole instanceof Html ? String(hole) : refuse('a style takes what is trusted alone')
    return css.includes('</') ? refuse('a style cannot hold </') : css
  },
  declaration: (hole, place) => {
    const text = textOf(hole, place)
    return isDeclaration(text) ? text : refuse(`"${text}" is no value of a property in ${place.name}`)
  },
  address: (hole, place) => {
    const text = textOf(hole, place)
    return /^(?:#|data:)/.test(place.before + text)
      ? escapeText(text)
      : refuse(`${place.name} goes to data: or # alone, not to "${place.before + text}"`)
  },
  attributes: (hole, place) => {
    if (hole === null) return ''
    if (!(hole instanceof Attributes))
      return refuse(`expected attributes(…) or null in <${place.name}>, got ${kindOf(hole)}`)
    return Object.entries(hole.values)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => {
        if (!/^[a-z][a-z\d:-]*$/i.test(name)) refuse(`"${name}" is no name of an attribute`)
        const own = placeIn(name.toLowerCase(), '')
        return ` ${name}="${fill[own.kind](value, own)}"`
      })
      .join('')
  },
}

const known = new WeakMap<TemplateStringsArray, readonly Place[]>()

/**
 * Markup with holes, each of which is filled as its place asks: text is escaped, a style's value must be one, an address is `data:` or `#…`.
 * Where a hole is never safe (names of tags and attributes, values without quotes, scripts, comments, `on…`) the template throws.
 *
 * @throws TypeError for such a template, and for a hole that does not fit its place.
 * @example
 * ```ts
 * html`<p title="${'a "b"'}">${['1 < 2', html`<b>!</b>`]}</p>`.toString() // '<p title="a &quot;b&quot;">1 &lt; 2<b>!</b></p>'
 * ```
 */
export function html(parts: TemplateStringsArray, ...holes: readonly (Content | Attributes)[]): Html {
  let places = known.get(parts)
  if (places === undefined) {
    places = placesOf(parts)
    known.set(parts, places)
  }
  return new Html(
    holes.reduce<string>(
      (text, hole, i) => text + fill[places[i].kind](hole, places[i]) + parts[i + 1],
      parts[0],
    ),
  )
}
