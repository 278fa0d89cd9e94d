import { useSlowFrame, useStore } from '../session/hooks.ts'
import type { CardFacts } from '../work/messages.ts'
import { Matrix } from './matrix.tsx'
import { counted, numberText, pointText } from './number-text.ts'
import './region-card.css'
import { RegionChip } from './region-card-chip.tsx'
import { RegionCode } from './region-card-code.tsx'
import { RegionNeighbours } from './region-card-neighbours.tsx'
import { RegionSamples } from './region-card-samples.tsx'
import { RegionSpectrum } from './region-card-spectrum.tsx'
import { regionName } from './region-card-text.ts'

/** What there is to know of the region around the selected point; it follows that region's place as the network changes. */
export function RegionCard() {
  const { state, dispatch } = useStore()
  const frame = useSlowFrame()
  if (state.view.selected === null)
    return (
      <p class="card-note">
        Select a region: click one in the input or the latent plane, or go to a plane with the Tab key and
        press Enter.
      </p>
    )
  const card = frame?.card ?? null
  return (
    <div class="card">
      {card === null ? (
        <p class="card-note">No region of the window holds the selected point.</p>
      ) : (
        <RegionFacts card={card} />
      )}
      <p>
        <button type="button" onClick={() => dispatch(['view', { selected: null }])}>
          Select none
        </button>
      </p>
    </div>
  )
}

const planes = { input: 'input plane', latent: 'latent plane' } as const

function RegionFacts({ card }: { readonly card: CardFacts }) {
  const { dispatch } = useStore()
  const { at, A, b, area, unionOf, largestError } = card
  const rows = b.length
  const columns = A.length / rows
  return (
    <>
      <p class="card-name">
        <RegionChip hash={card.hash} /> <strong>Region {regionName(card.hash)}</strong> at {pointText(at)} of
        the {planes[at.plane]}, {columns === 1 ? 'length' : 'area'} {numberText(area)}
      </p>
      {unionOf !== null && (
        <p class="card-note">
          A piece of a region of the {unionOf}, which has one colour: all that follows is of the piece, on
          which encoder and decoder are one map.
        </p>
      )}
      {largestError !== null && (
        <p>
          Largest error {numberText(largestError.value)}, at its corner {pointText(largestError.at)}{' '}
          <button type="button" onClick={() => dispatch(['view', { selected: largestError.beside }])}>
            Go there
          </button>
        </p>
      )}
      <h3>Map A x + b</h3>
      <div class="card-map">
        <Matrix name="A" values={A} rows={rows} columns={columns} />
        <Matrix name="b" values={b} rows={rows} columns={1} />
      </div>
      <h3>Singular values, rank {card.rank}</h3>
      <RegionSpectrum singularValues={card.singularValues} />
      <h3>
        {counted(card.neighbours.length, 'neighbour')}
        {columns === 1 ? '' : ', by the longest wall'}
      </h3>
      <RegionNeighbours neighbours={card.neighbours} code={card.code} />
      <h3>Samples</h3>
      <RegionSamples samples={card.samples} />
      <h3>Code</h3>
      <RegionCode code={card.code} />
    </>
  )
}
