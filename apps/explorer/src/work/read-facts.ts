// A program of its own, which the first picture does not wait for.
export { cardFacts } from './card-facts.ts'
export { Symmetry } from './symmetry-facts.ts'
export { medianWallDistance } from './wall-distance.ts'
