export type { Dataset, FloatDType, ImageShape, Orbit } from './dataset.ts'
export { type Normalisation, normalisations, normalise } from './normalise.ts'
export {
  applyNormaliser,
  fitNormaliser,
  type Normalised,
  type NormaliseOptions,
  type Normaliser,
  type NormaliserKind,
  normaliseRows,
  normaliserKinds,
  restoreRows,
} from './normaliser.ts'
export type { OrbitOptions } from './orbits/orbit.ts'
export { rotationOrbit } from './orbits/rotation-orbit.ts'
export { type ShiftOrbitOptions, shiftOrbit } from './orbits/shift-orbit.ts'
export { torusOrbit } from './orbits/torus-orbit.ts'
export { checkPreparation } from './preparation/check-preparation.ts'
export { fitPreparation } from './preparation/fit-preparation.ts'
export { type Items, itemsOf, rowItems } from './preparation/items.ts'
export {
  type LengthRule,
  lengthRules,
  type MissingRule,
  missingRules,
  type Preparation,
  type PreparationOptions,
  preparedLength,
  type Window,
} from './preparation/preparation.ts'
export { type PreparedItems, prepareItems } from './preparation/prepare-items.ts'
export { sampleScoreRules, scoresOfSamples } from './preparation/scores-of-samples.ts'
export { type ItemSplit, type ItemSplitOptions, splitItems, splitRules } from './preparation/split-items.ts'
export { type Steps, sampleAt } from './preparation/steps.ts'
export type { Rows } from './rows.ts'
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
export { type ArcsOptions, arcs } from './shapes/arcs.ts'
export { type CircleOptions, circle } from './shapes/circle.ts'
export { type DrawnDigitsOptions, drawnDigits } from './shapes/drawn-digits.ts'
export type { ShapeOptions } from './shapes/shape-set.ts'
export { type SpiralOptions, spiral } from './shapes/spiral.ts'
export { swissRoll } from './shapes/swiss-roll.ts'
export { torus } from './shapes/torus.ts'
export { twoMoons } from './shapes/two-moons.ts'
export { type Split, type SplitOptions, split } from './split.ts'
export type { Column } from './table/column.ts'
export { type Condition, comparisons, meets, parseCondition } from './table/condition.ts'
export { type ColumnOddity, type ColumnSummary, summariseColumns } from './table/summaries.ts'
export { parseUcr, type UcrFile } from './ucr/parse-ucr.ts'
export { zNormalise } from './z-normalise.ts'
