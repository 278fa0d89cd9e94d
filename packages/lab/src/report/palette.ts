/** A colour on white paper and on a dark screen. */
export interface Shades {
  readonly light: string
  readonly dark: string
}

/** Colours by their names, which are words of CSS: `--name`. */
export type Palette = Readonly<Record<string, Shades>>

/**
 * Colours of models and series. The closest two are 0.09 apart in OKLab for normal sight and for each of the three colour
 * blindnesses (Machado 2009), and each stands out 3 : 1 from the page.
 */
export const hues = {
  grey: { light: '#514757', dark: '#d8dde3' },
  amber: { light: '#cc8500', dark: '#ffc336' },
  sky: { light: '#468fc9', dark: '#8ac6f7' },
  green: { light: '#107e4e', dark: '#138976' },
  blue: { light: '#143db4', dark: '#6193fb' },
  pink: { light: '#ce4591', dark: '#e97aba' },
  brown: { light: '#582800', dark: '#f0240c' },
  teal: { light: '#003054', dark: '#9cfc9c' },
  violet: { light: '#9030f8', dark: '#8448c0' },
} as const satisfies Palette

/** What a page is drawn with beside the models' colours. */
export const pageShades = {
  /** The page. */
  paper: { light: '#ffffff', dark: '#14171b' },
  /** Boxes on it. */
  panel: { light: '#f5f6f8', dark: '#1d2127' },
  ink: { light: '#1a1d21', dark: '#e8eaed' },
  /** Text that stands back. */
  faint: { light: '#5a626c', dark: '#a3abb6' },
  rule: { light: '#d5d9df', dark: '#3a414a' },
  link: { light: '#0b57c2', dark: '#84b4ff' },
} as const satisfies Record<string, Shades>

/** A colour of the page for CSS and SVG: `var(--ink)`. It follows the reader's light or dark scheme. */
export const pageColour = (name: keyof typeof pageShades): string => `var(--${name})`

/** The declarations of a palette's colours, and of the page's, in one scheme. */
export const coloursCss = (scheme: keyof Shades, palette: Palette): string =>
  Object.entries({ ...palette, ...pageShades })
    .map(([name, shade]) => `--${name}:${shade[scheme]}`)
    .join(';')
