import type { Network } from '@facet/models'
import { aCount, aFunction, aList, anObject, optional, optionTable } from '@facet/tensor/checks'
