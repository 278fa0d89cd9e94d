/** Distances from which on the next colour holds. */
export const distanceSteps = [0.02, 0.03, 0.04, 0.06, 0.08, 0.12] as const

/** From near, which stands back, to far: darker on paper, brighter on a dark screen. */
const shades = {
  light: ['#a8d3e6', '#6fb0dc', '#4b83d3', '#6650c0', '#9a2fa3', '#bb1659', '#6f0a25'],
  dark: ['#21506e', '#2f74a6', '#4a7be0', '#8a72ee', '#c973e2', '#f58fb3', '#ffdcc6'],
} as const

const declarations = (scheme: keyof typeof shades): string =>
  `:root{${shades[scheme].map((colour, step) => `--distance-${step}:${colour}`).join(';')}}`

/** The colours' declarations as CSS: they follow the reader's scheme, and paper is light. */
export const distanceColoursCss = `${declarations('light')}@media(prefers-color-scheme:dark){${declarations('dark')}}@media print{${declarations('light')}}`

/** How many steps a distance is above. */
export const distanceStep = (distance: number): number =>
  distanceSteps.filter((step) => distance >= step).length

export const distanceColour = (step: number): string => `var(--distance-${step})`

/** What each colour stands for. */
export const distanceLegend: readonly { readonly colour: string; readonly text: string }[] = shades.light.map(
  (_, step) => ({
    colour: distanceColour(step),
    text: step === 0 ? `below ${distanceSteps[0]}` : `from ${distanceSteps[step - 1]}`,
  }),
)
