import { NumberField } from '../controls/number-field.tsx'
import { useFacts, useStore } from '../session/hooks.ts'
import { useSize } from './curves-hooks.ts'
import { SymmetryCurve } from './symmetry-curve.tsx'
import { useSymmetry } from './symmetry-hooks.ts'
import { SymmetryPicture } from './symmetry-picture.tsx'
import { reachOf, thetaText } from './symmetry-plot.ts'
import { SymmetryTable } from './symmetry-table.tsx'
import './symmetry.css'

/** Steps of the slider over the whole way, which is also what an arrow key goes. */
const STEPS = 120

/** Pixels that a picture takes of what is left by all the rest: choice, key, slider and table, and where there is room the curve. */
const [LEAST, MOST, REST] = [72, 220, 152]

/** … and the curve. */
const CURVES = [64, 104] as const

const within = (low: number, high: number, x: number) => Math.max(low, Math.min(high, x))
const pictureHeight = (height: number, isBeside: boolean) =>
  within(LEAST, MOST, height - REST - (isBeside ? 0 : CURVES[1]))
const curveHeight = (height: number, isBeside: boolean) =>
  isBeside ? CURVES[1] : within(...CURVES, height - REST - pictureHeight(height, isBeside))

/** From so many pixels on the numbers have room beside the picture. */
const WIDE = 460

/** A sample that is moved along a generator, what the autoencoder makes of it, and the same for movements that have nothing to do with the data. */
export function Symmetry() {
  const { state, dispatch } = useStore()
  const facts = useFacts()
  const symmetry = useSymmetry()
  const { ref, width, height } = useSize()
  const { generator, theta: wished, sample: row } = state.view
  // With another set facts come first: a moved sample of the set before has as many numbers as that.
  const isKnown = facts !== null && symmetry?.rows[0]?.moved.length === facts.width
  const reach = isKnown ? reachOf(symmetry.along) : 0
  const theta = Math.max(-reach, Math.min(reach, wished))
  const count = facts === null ? 1 : facts.train.length / facts.width
  const sample = Math.min(row, count - 1)
  const goTo = (next: number) => dispatch(['view', { theta: Math.round(1e3 * next) / 1e3 }])
  const choose = (next: number) => dispatch(['view', { sample: (next + count) % count }])
  const drag = {
    share: reach === 0 ? 0.5 : (theta + reach) / (2 * reach),
    onDrag: (share: number) => goTo((2 * share - 1) * reach),
    onSample: choose,
  }
  const isBeside = width >= WIDE
  const half = isBeside ? Math.floor((width - 12) / 2) : width
  return (
    <div class={isBeside ? 'symmetry beside' : 'symmetry'} ref={ref}>
      {facts !== null && symmetry !== null && !isKnown && (
        <p class="symmetry-none">No movement of samples of one number is known.</p>
      )}
      {isKnown && width > 0 && (
        <>
          <div class="symmetry-choice">
            <label>
              <span class="unseen">Generator</span>
              <select
                value={Math.min(generator, symmetry.generators.length - 1)}
                onChange={({ currentTarget }) =>
                  dispatch(['view', { generator: Number(currentTarget.value), theta: 0 }])
                }
              >
                {symmetry.generators.map((name, i) => (
                  <option key={name} value={i}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <span class="symmetry-number">
              <button type="button" aria-label="Previous sample" onClick={() => choose(sample - 1)}>
                ‹
              </button>
              <NumberField
                label="Sample"
                quiet
                whole
                value={sample + 1}
                low={1}
                high={count}
                onValue={(value) => choose(value - 1)}
              />
              <button type="button" aria-label="Next sample" onClick={() => choose(sample + 1)}>
                ›
              </button>
            </span>
          </div>
          <div class="symmetry-left">
            <SymmetryPicture
              facts={facts}
              symmetry={symmetry}
              sample={sample}
              width={half}
              height={pictureHeight(height, isBeside)}
              {...drag}
            />
            <label class="symmetry-theta">
              <span>θ</span>
              <input
                type="range"
                min={-reach}
                max={reach}
                step={(2 * reach) / STEPS}
                value={theta}
                aria-label="θ: how far the sample is moved"
                aria-valuetext={thetaText(theta, reach)}
                onInput={({ currentTarget }) => goTo(Number(currentTarget.value))}
              />
              <output>{thetaText(theta, reach)}</output>
            </label>
          </div>
          <div class="symmetry-right">
            <SymmetryTable rows={symmetry.rows} />
            <SymmetryCurve
              symmetry={symmetry}
              theta={theta}
              width={half}
              height={curveHeight(height, isBeside)}
              onTheta={goTo}
            />
          </div>
        </>
      )}
    </div>
  )
}
