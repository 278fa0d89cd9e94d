import { layerLimits } from '../state/layers-text.ts'

interface LayerListProps {
  readonly title: string
  readonly widths: readonly number[]
  readonly onWidths: (widths: readonly number[]) => void
}

/** Width of a layer that is added to none. */
const FIRST = 16

/** Widths that are drawn and learned well: the next larger and the next smaller of these. */
const steps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]

const larger = (width: number): number => steps.find((step) => step > width) ?? width
const smaller = (width: number): number => steps.findLast((step) => step < width) ?? width

/** Hidden layers of one side: fewer and more of them, and of the units of each. */
export function LayerList({ title, widths, onWidths }: LayerListProps) {
  const replace = (at: number, width: number) => onWidths(widths.map((each, i) => (i === at ? width : each)))
  return (
    <fieldset class="layers">
      <legend>{title}</legend>
      <div class="row">
        {widths.map((width, i) => (
          <span key={i} class="layer">
            <button
              type="button"
              aria-label={`fewer units in ${title} layer ${i + 1}`}
              disabled={smaller(width) === width}
              onClick={() => replace(i, smaller(width))}
            >
              −
            </button>
            <output>{width}</output>
            <button
              type="button"
              aria-label={`more units in ${title} layer ${i + 1}`}
              disabled={larger(width) === width}
              onClick={() => replace(i, larger(width))}
            >
              +
            </button>
          </span>
        ))}
        <span class="layer">
          <button
            type="button"
            aria-label={`one ${title} layer less`}
            disabled={widths.length === 0}
            onClick={() => onWidths(widths.slice(0, -1))}
          >
            − layer
          </button>
          <button
            type="button"
            aria-label={`one ${title} layer more`}
            disabled={widths.length === layerLimits.hidden}
            onClick={() => onWidths([...widths, widths.at(-1) ?? FIRST])}
          >
            + layer
          </button>
        </span>
      </div>
    </fieldset>
  )
}
