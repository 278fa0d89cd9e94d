export type { Labels } from './labelled.ts'
export { nearestNeighbourAccuracy } from './nearest-neighbour-accuracy.ts'
export { type RidgeClassifier, type RidgeClassifierOptions, ridgeClassifier } from './ridge-classifier.ts'
