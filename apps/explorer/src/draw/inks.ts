import type { Theme } from '../state/state.ts'

/** What `auto` comes to. */
export type Scheme = Exclude<Theme, 'auto'>

/** What pictures are drawn with beside fills. */
export interface Inks {
  readonly paper: string
  readonly ink: string
  /** Numbers at the axes. */
  readonly faint: string
  /** Lines between regions, and between fills of a colour scale. */
  readonly wall: readonly [red: number, green: number, blue: number]
  readonly wallOnScale: readonly [red: number, green: number, blue: number]
  /** Samples. */
  readonly accent: string
}

/** The page's own colours (page/colours.css); a canvas and a saved picture know no variables of CSS. */
export const inks: Readonly<Record<Scheme, Inks>> = {
  light: {
    paper: '#ffffff',
    ink: '#1a1d21',
    faint: '#5a626c',
    wall: [26, 29, 33],
    wallOnScale: [255, 255, 255],
    accent: '#c2185b',
  },
  dark: {
    paper: '#14171b',
    ink: '#e8eaed',
    faint: '#a3abb6',
    wall: [232, 234, 237],
    wallOnScale: [20, 23, 27],
    // #c2185b is not seen on dark fills.
    accent: '#ff7aa8',
  },
}

/** Samples by their labels: colours that stand out from pale fills and from each other for all eyes, as in reports. */
export const labelColours: Readonly<Record<Scheme, readonly string[]>> = {
  light: ['#143db4', '#cc8500', '#107e4e', '#ce4591', '#514757', '#582800', '#468fc9', '#9030f8', '#003054'],
  dark: ['#6193fb', '#ffc336', '#138976', '#e97aba', '#d8dde3', '#f0240c', '#8ac6f7', '#8448c0', '#9cfc9c'],
}
