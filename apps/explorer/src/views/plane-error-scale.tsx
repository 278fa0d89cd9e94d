import { shortNumber } from '../draw/axis-ticks.ts'
import { COLOURS, cssOf } from '../draw/colour-table.ts'
import { endOfScale, errorColours } from '../draw/error-colours.ts'
import type { RegionsPicture } from '../work/messages.ts'

/** Colours of the scale from which the others are mixed. */
const STOPS = 17

const gradient = `linear-gradient(to right, ${Array.from({ length: STOPS }, (_, i) =>
  cssOf(errorColours, Math.round((i * (COLOURS - 1)) / (STOPS - 1))),
).join(', ')})`

/** What the colours of errors mean. They grow with the square root: in the middle is a quarter. */
export function PlaneErrorScale({ picture }: { readonly picture: RegionsPicture }) {
  const end = endOfScale(picture)
  return (
    <div class="plane-error-scale">
      <span>‖x − f(x)‖²</span>
      <span>0</span>
      <span class="plane-error-colours" style={{ background: gradient }} />
      <span>≥ {shortNumber(end)}</span>
      {picture.worst && <span>largest {shortNumber(picture.worst.value)}</span>}
    </div>
  )
}
