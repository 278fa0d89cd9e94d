import * as models from '@facet/models'
import * as regularizers from '@facet/regularizers'
import * as tensor from '@facet/tensor'

/** The packages of one checkout of Facet. Each checkout that is loaded has its own modules, so that several can be active. */
export interface Library {
  readonly tensor: typeof tensor
  readonly models: typeof models
  readonly regularizers: typeof regularizers
}

/** This checkout. */
export const ours: Library = { tensor, models, regularizers }
