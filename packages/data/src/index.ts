export type { Dataset, FloatDType, ImageShape, Orbit } from './dataset.ts'
export { type Normalisation, normalisations, normalise } from './normalise.ts'
export {
  applyNormaliser,
  fitNormaliser,
  type Normalised,
  type Normaliser,
  type NormaliserKind,
  normaliserKinds,
} from './normaliser.ts'
export type { OrbitOptions } from './orbits/orbit.ts'
export { rotationOrbit } from './orbits/rotation-orbit.ts'
export { type ShiftOrbitOptions, shiftOrbit } from './orbits/shift-orbit.ts'
export { torusOrbit } from './orbits/torus-orbit.ts'
export * from './preparation/items.ts'
export * from './preparation/preparation.ts'
export type { RowSample } from './samples/row-choice.ts'
export {
  type ParsedSamples,
  type Samples,
  type SamplesFacts,
  type SamplesFormat,
  type SamplesOptions,
  type SamplesParser,
  samplesFormats,
  type TextColumn,
  type TimeColumn,
} from './samples/samples.ts'
export { type SamplesParserOptions, samplesParser } from './samples/samples-parser.ts'
export { cylinderBellFunnel } from './series/cylinder-bell-funnel.ts'
export type { SeriesOptions } from './series/series-set.ts'
export { syntheticControl } from './series/synthetic-control.ts'
export { type Split, type SplitOptions, split } from './split.ts'
export type { Column } from './table/column.ts'
export { type Condition, comparisons, parseCondition } from './table/condition.ts'
export { type ColumnOddity, type ColumnSummary, summariseColumns } from './table/summaries.ts'
export { parseUcr, type UcrFile } from './ucr/parse-ucr.ts'
export { zNormalise } from './z-normalise.ts'
