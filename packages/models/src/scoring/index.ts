export { type AlarmRule, alarmRule, alarms } from './alarms.ts'
export { type ModelBaselines, modelBaselines, type PartErrors } from './baselines.ts'
export { type Calibration, calibrate } from './calibration.ts'
export { calibrationFromFile, calibrationToFile } from './calibration-file.ts'
export {
  type ConformalMartingale,
  type ConformalMartingaleOptions,
  conformalMartingale,
  type MartingaleState,
} from './conformal-martingale.ts'
export { type Detection, detection } from './detection.ts'
export { type Drift, type DriftOptions, drift } from './drift.ts'
export { type Explanation, explain } from './explain.ts'
export { falseDiscoveries } from './false-discoveries.ts'
export {
  type OnlinePValues,
  type OnlinePValuesOptions,
  type OnlinePValuesState,
  onlinePValues,
} from './online-p-values.ts'
export { pValues } from './p-values.ts'
export { rowErrors, squaredErrors } from './row-errors.ts'
export { sharesByColumn } from './shares-by-column.ts'
export { type UnseenRegions, unseenRegions } from './unseen-regions.ts'
