import { aCopy } from '@facet/tensor/checks'

/** This copy of the package: classes of two are strangers to each other, which an error says. */
export const models = aCopy('@facet/models', '0.1.0')
