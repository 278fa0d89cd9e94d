import { alongAxisCases } from './along-axis.ts'
import { indexingCases } from './indexing.ts'
import { rearrangingCases } from './rearranging.ts'

export const layoutCases = { ...rearrangingCases, ...indexingCases, ...alongAxisCases }
