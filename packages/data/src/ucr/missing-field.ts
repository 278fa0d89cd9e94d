import { isMissing } from '../table/missing-marks.ts'
import type { Fields } from '../text/fields.ts'

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57

/** Whether the field stands for a missing value. Nearly all are numbers, which are not decoded for this. */
export const isMissingField = (bytes: Uint8Array, fields: Fields): boolean =>
  !(fields.start < fields.end && (isDigit(bytes[fields.start]) || isDigit(bytes[fields.start + 1]))) &&
  isMissing(fields.text)
