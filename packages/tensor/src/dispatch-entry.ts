/** The door for transforms: what `@facet/autograd` is built on. Users of tensors do not need it. */
export { rewrite } from './creation.ts'
export { dispatch, TracedTensor } from './dispatch.ts'
export { activeBackend } from './engine.ts'
export type { Interpreter } from './interpreter.ts'
export { traceDepth, withLevel } from './levels.ts'
export type { OpName, OpParams } from './op-params.ts'
export { opTable } from './op-table.ts'
export { isRecording, type Recorded, type Recording, record, refuseReplay } from './recording.ts'
