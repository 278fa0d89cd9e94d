import type { Tensor } from '@facet/tensor'
import type { Autoencoder, Batch, LossStep, Objective, Parameter } from '../index.ts'

/** An objective of which a test says the loss, and, if it has any, what is trained beside the model. */
export const objectiveOf = (
  loss: (model: Autoencoder, batch: Batch, at: LossStep) => Tensor,
  parameters: () => readonly Parameter[] = () => [],
  name = 'own',
): Objective => ({
  name,
  start: (model) => ({
    parameters: parameters(),
    loss: (batch, at) => ({ loss: loss(model, batch, at), values: {} }),
    diagnostics: () => ({}),
  }),
})
