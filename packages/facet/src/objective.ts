import type { LossFunction } from '@facet/models'
import { reconstruction } from '@facet/models'

/** What is minimised: a function of output and target, or the mean squared error. */
export const objectiveOf = (loss: LossFunction | undefined) => loss ?? reconstruction()
