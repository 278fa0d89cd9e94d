/** Squares of a row that fit side by side. */
export const ROW = 32

/** Pixels from one square to the next, and its side. */
const [STEP, SIDE] = [9, 8]

/** Size of the picture of so many units. */
export const squaresSize = (units: number): { readonly width: number; readonly height: number } => ({
  width: Math.min(units, ROW) * STEP - 1,
  height: Math.ceil(units / ROW) * STEP - 1,
})

/** Squares of the units in one state as one path: a layer is two elements of the page, not 64. */
export function squaresPath(states: ArrayLike<number>, state: number): string {
  let path = ''
  for (let unit = 0; unit < states.length; unit++)
    if (states[unit] === state)
      path += `M${(unit % ROW) * STEP} ${Math.floor(unit / ROW) * STEP}h${SIDE}v${SIDE}h-${SIDE}z`
  return path
}
