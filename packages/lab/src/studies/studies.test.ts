import { expect, it } from 'vitest'
import { type ModelName, models } from '../objectives.ts'
import { shownModels } from './orbit-benefit/run.ts'
import { studyOf } from './studies.ts'

const defaultModels = (study: 'reproduce' | 'orbitBenefit'): readonly ModelName[] =>
  studyOf(study).definition.fields.models!.default as readonly ModelName[]

const learnedModels: readonly ModelName[] = [
  'learnedOrbit',
  'learnedEmOrbit',
  'randomOrbit',
  'wrongOrderOrbit',
  'learnedOrderOrbit',
]

it.each<[string, readonly ModelName[]]>([
  ['that reproduce trains where nobody says', defaultModels('reproduce')],
  ['that orbitBenefit trains where nobody says', defaultModels('orbitBenefit')],
  ['with given and with learned generators', ['ae', 'lieGroupOrbit', ...learnedModels]],
  [
    'of the study of learned symmetry, but for random mixes and denoising',
    [
      'ae',
      'lieGroupOrbit',
      ...learnedModels.filter((name) => name !== 'randomOrbit'),
      'neighbourDifference',
      'mixup',
      'denoising',
      'weightDecay',
    ],
  ],
  ['whose reconstructions are shown', shownModels],
])('the models %s have a hue each: hues are told apart by every sight', (_, names) => {
  expect(names.length).toBeGreaterThan(2)
  for (const scheme of ['light', 'dark'] as const) {
    const colours = names.map((name) => models[name].colour[scheme])
    expect(new Set(colours).size).toBe(names.length)
  }
})
