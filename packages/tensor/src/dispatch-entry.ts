/** The door for transforms: what `@facet/autograd` is built on. Users of tensors do not need it. */
export { dispatch, type Interpreter, TracedTensor } from './dispatch.ts'
export { traceDepth, withLevel } from './levels.ts'
export { type OpName, type OpParams, opTable } from './op-table.ts'
