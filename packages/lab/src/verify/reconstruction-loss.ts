import { mean, square, sub, type Tensor } from '@facet/tensor'
import type { Rebuilt } from './rebuild.ts'

/** Mean squared error over samples and dimensions (`mse`). */
export const reconstructionLoss = ({ model, x }: Rebuilt): Tensor =>
  mean(square(sub(model.reconstruct(x), x)))
