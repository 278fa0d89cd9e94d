export * from './calibration.ts'
export * from './detection.ts'
export * from './drift.ts'
export * from './explain.ts'
