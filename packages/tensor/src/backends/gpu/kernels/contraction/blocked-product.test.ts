import { expect, it } from 'vitest'
import { blockedBody } from './blocked-product.ts'
import { noEpilogue } from './epilogue.ts'
import { mergedRowsBody } from './merged-rows.ts'

it('a blocked product multiplies four rows by four columns a thread and leaves nothing of the last, broken step out', () => {
  const product = { m: 8, n: 8, k: 6, rows: 4, matrixOfA: '0', matrixOfB: '0', widthOfA: 8, widthOfB: 8 }
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const { source } = blockedBody({ ...product, transposeA, transposeB })
      // Four products in the loop and two behind it, four rows each.
      expect(source.match(/t\d \+= /g)).toHaveLength(4 * (4 + 2))
      expect(source.match(/more\d = /g)).toHaveLength(3)
    }
  }
  expect(mergedRowsBody(8, 8, 4, noEpilogue).source).toContain('four_d(at)')
  expect(mergedRowsBody(8, 7, 4, noEpilogue).source).toContain('at_d(at)')
})
