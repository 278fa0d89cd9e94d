import type { ComponentType } from 'preact'
import type { DataFacts } from '../run/data-facts.ts'
import type { SymmetryFacts } from '../work/messages.ts'
import { useDrag } from './symmetry-hooks.ts'
import { SymmetryImage } from './symmetry-image.tsx'
import { SymmetryPoints } from './symmetry-points-plot.tsx'
import { SymmetrySeries } from './symmetry-series.tsx'

/** What a picture of a moved sample is made of. */
export interface SampleProps {
  readonly facts: DataFacts
  readonly symmetry: SymmetryFacts
  /** Row of the training part. */
  readonly sample: number
  /** Pixels. */
  readonly width: number
  readonly height: number
}

interface PictureProps extends SampleProps {
  /** Where θ is between both of its ends, from 0 to 1. */
  readonly share: number
  readonly onDrag: (share: number) => void
  readonly onSample: (row: number) => void
}

const MOST_DRAWN = 3

/** Points of more numbers are drawn as the rows of numbers that they are. */
const kindOf = ({ kind, width }: DataFacts) => (kind === 'points' && width > MOST_DRAWN ? 'series' : kind)

/** The sample as it is moved, what the autoencoder makes of it, and the difference. Dragging it to either side moves it. */
export function SymmetryPicture({ share, onDrag, onSample, ...props }: PictureProps) {
  const kind = kindOf(props.facts)
  if (kind === 'points')
    return <SymmetryPoints {...props} share={share} onDrag={onDrag} onSample={onSample} />
  const Picture: ComponentType<SampleProps> = kind === 'image' ? SymmetryImage : SymmetrySeries
  return <Dragged share={share} onDrag={onDrag} {...props} Picture={Picture} />
}

function Dragged({
  share,
  onDrag,
  Picture,
  ...props
}: SampleProps & Pick<PictureProps, 'share' | 'onDrag'> & { readonly Picture: ComponentType<SampleProps> }) {
  return (
    <div class="symmetry-sample" {...useDrag({ share, onDrag })}>
      <Picture {...props} />
    </div>
  )
}
