import * as autograd from '@facet/autograd'
import * as models from '@facet/models'
import * as regularizers from '@facet/regularizers'
import * as tensor from '@facet/tensor'
import * as dispatch from '@facet/tensor/dispatch'

/** The packages of one checkout of Facet. Each checkout that is loaded has its own modules, so that several can be active. */
export interface Library {
  readonly tensor: typeof tensor
  /** The door of `tensor` for transforms, which has recordings. */
  readonly dispatch: typeof dispatch
  readonly autograd: typeof autograd
  readonly models: typeof models
  readonly regularizers: typeof regularizers
}

/** This checkout. */
export const ours: Library = { tensor, dispatch, autograd, models, regularizers }
