import { reconstruction } from '@facet/models'
import type { LossFunction } from './options.ts'

/** What is minimised: a function of output and target, or the mean squared error. */
export const objectiveOf = (loss: LossFunction | undefined) => loss ?? reconstruction()
