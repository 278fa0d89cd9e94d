import { indexingCases } from './indexing.ts'
import { rearrangingCases } from './rearranging.ts'

export const layoutCases = { ...rearrangingCases, ...indexingCases }
