import type { ObjectiveName, TrainingRecipe } from './recipe.ts'

/** An objective as the page offers it. */
export interface ObjectiveText {
  readonly title: string
  readonly what: string
  /** What of the recipe it takes, beside what every training takes. */
  readonly takes: readonly (keyof TrainingRecipe)[]
}

const lie = ['weight', 'generators', 'sampler'] as const

/**
 * What can be minimised, in the order of the page. Apart from `run/objectives.ts`, which makes them: the page itself loads no regularizers, its workers
 * do.
 */
export const objectiveTexts: Readonly<Record<ObjectiveName, ObjectiveText>> = {
  reconstruction: { title: 'reconstruction', what: 'the mean squared error alone', takes: [] },
  denoising: {
    title: 'denoising',
    what: 'samples are reconstructed from noisy ones',
    takes: ['sigma'],
  },
  contractive: {
    title: 'contractive',
    what: "the squared norm of the encoder's Jacobian",
    takes: ['weight'],
  },
  higherOrderContractive: {
    title: 'higher-order contractive',
    what: "the encoder's Jacobian and its change under noise",
    takes: ['weight', 'sigma'],
  },
  lieGroupFirstOrder: {
    title: 'Lie group, first order (R1)',
    what: "learned generators carry the decoder's points to their neighbours",
    takes: lie,
  },
  lieGroupSecondOrder: {
    title: 'Lie group, second order (R2)',
    what: "learned generators carry the decoder's tangents to those of neighbouring regions",
    takes: lie,
  },
  lieGroupOrbit: {
    title: 'orbit reconstruction',
    what: 'samples moved along known generators are reconstructed too',
    takes: ['weight', 'scale'],
  },
  lieGroupTangent: {
    title: 'tangents of the orbit',
    what: 'the Jacobian is the identity along known generators',
    takes: ['weight'],
  },
}
