import type { ComponentChildren } from 'preact'
import { useFacts, useStore } from '../session/hooks.ts'
import { objectiveTexts } from '../state/objective-texts.ts'
import type { GeneratorsName, ObjectiveName, SamplerName, TrainingRecipe } from '../state/recipe.ts'
import { ChoiceField } from './choice-field.tsx'
import { RangeField } from './range-field.tsx'
import { decadeScale, evenScale, listScale } from './scales.ts'

const objectives = Object.fromEntries(
  Object.entries(objectiveTexts).map(([name, { title }]) => [name, title]),
) as Readonly<Record<ObjectiveName, string>>

const generators: Readonly<Record<GeneratorsName, string>> = {
  skewSymmetric: 'learned, skew-symmetric',
  full: 'learned, any matrix',
  lowRank: 'learned, of low rank',
  given: 'combined from known ones',
}

const samplers: Readonly<Record<SamplerName, string>> = {
  normal: 'from N(0, I)',
  codeBox: "in the codes' box",
  aroundCodes: 'around codes',
  interpolate: 'between codes',
}

const scales = {
  weight: decadeScale(-4, 2),
  sigma: decadeScale(-3, 0),
  scale: evenScale(0.1, 4, 0.1),
  rate: decadeScale(-5, -1),
  batch: listScale([1, 2, 4, 8, 16, 32, 64, 128, 256]),
} as const

type Change = (part: Partial<TrainingRecipe>) => void

/** One control for each part of the recipe beside the objective. */
const fields: Readonly<
  Record<
    Exclude<keyof TrainingRecipe, 'objective'>,
    (training: TrainingRecipe, change: Change) => ComponentChildren
  >
> = {
  weight: ({ weight }, change) => (
    <RangeField
      label="weight λ"
      value={weight}
      scale={scales.weight}
      onValue={(value) => change({ weight: value })}
    />
  ),
  sigma: ({ sigma }, change) => (
    <RangeField
      label="noise σ"
      value={sigma}
      scale={scales.sigma}
      onValue={(value) => change({ sigma: value })}
    />
  ),
  generators: (training, change) => (
    <ChoiceField
      label="generators"
      value={training.generators}
      titles={generators}
      onValue={(value) => change({ generators: value })}
    />
  ),
  sampler: ({ sampler }, change) => (
    <ChoiceField
      label="pairs"
      value={sampler}
      titles={samplers}
      onValue={(value) => change({ sampler: value })}
    />
  ),
  scale: ({ scale }, change) => (
    <RangeField
      label="how far s"
      value={scale}
      scale={scales.scale}
      onValue={(value) => change({ scale: value })}
    />
  ),
  rate: ({ rate }, change) => (
    <RangeField
      label="learning rate"
      value={rate}
      scale={scales.rate}
      onValue={(value) => change({ rate: value })}
    />
  ),
  batch: ({ batch }, change) => (
    <RangeField
      label="batch"
      value={batch}
      scale={scales.batch}
      whole
      onValue={(value) => change({ batch: value })}
    />
  ),
}

/** What is minimised, and how. */
export function TrainingControls() {
  const { state, dispatch } = useStore()
  const kind = useFacts()?.kind
  const { training } = state.recipe
  const { what, takes } = objectiveTexts[training.objective]
  const change: Change = (part) => dispatch(['training', part])
  const shown = [...takes, 'rate', 'batch'] as (keyof typeof fields)[]
  return (
    <div class="fields">
      <ChoiceField
        label="objective"
        value={training.objective}
        titles={objectives}
        onValue={(objective) => change({ objective })}
      />
      <p class="aside">
        {what}
        {takes.includes('scale') && kind !== undefined && `: ${known[kind]}`}
      </p>
      {shown.map((name) => (
        <div key={name}>{fields[name](training, change)}</div>
      ))}
    </div>
  )
}

/** The generators that are known of each kind of data, as `run/banks.ts` has them. */
const known = {
  points: 'rotations',
  series: 'warps of time and amplitude',
  image: 'affine maps of the picture',
} as const
