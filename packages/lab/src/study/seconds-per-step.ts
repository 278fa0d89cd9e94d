import { type Autoencoder, adam, reconstruction, Trainer } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import { timeSteps } from './time-steps.ts'

/**
 * Seconds that a training step of plain reconstruction takes here, with its epoch, on a batch [n, d]. It trains the model, at
 * a learning rate of its own: one at which an experiment diverges must not end it here, before its first run.
 */
export function secondsPerStep(model: Autoencoder, batch: Tensor): number {
  const trainer = new Trainer(model, batch, {
    epochs: Number.MAX_SAFE_INTEGER,
    batchSize: batch.shape[0],
    optimizer: adam(),
    objective: reconstruction(),
  })
  try {
    return timeSteps(() => {
      trainer.step()
      trainer.finishEpoch()
    })
  } finally {
    trainer.release()
  }
}
