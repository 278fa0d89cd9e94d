import type { ArrayData } from '@facet/tensor'
import type { ModelExtras } from '../file/model-file.ts'
import { aNumberField, aWhole, fields, parseJson, writeNumber } from '../file/reading.ts'
import type { Calibration } from './calibration.ts'

/** The name of both, the tensor and the metadata entry. */
const NAME = 'facet.calibration'

/**
 * A calibration as what a model file has room for: its errors as the array `facet.calibration`, float64 [n], and the rest as JSON in the metadata of that name.
 *
 * @example
 * import { init } from '@facet/tensor'
 * import { autoencoder, calibrate, calibrationFromFile, calibrationToFile, loadModelFile, saveModel } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 4, bottleneck: 2 })
 * const bytes = await saveModel(model, calibrationToFile(calibrate([0.1, 0.2, 0.4])))
 * calibrationFromFile(loadModelFile(bytes))?.errors // [0.1, 0.2, 0.4]
 */
export function calibrationToFile({ errors, fenced, centre, spread }: Calibration): ModelExtras {
  return {
    metadata: { [NAME]: JSON.stringify({ fenced, centre, spread }, writeNumber) },
    tensors: { [NAME]: { dtype: 'float64', shape: [errors.length], data: errors } },
  }
}

const theRest = fields({ fenced: aWhole, centre: aNumberField, spread: aNumberField })

/**
 * The calibration in a model file, `null` where there is none.
 *
 * @throws TypeError or RangeError naming what is wrong: one of the two without the other, errors that are not ascending, finite and at least 0, a spread below 0.
 */
export function calibrationFromFile({ metadata, tensors }: ModelExtras): Calibration | null {
  const [hasText, hasErrors] = [Object.hasOwn(metadata, NAME), Object.hasOwn(tensors, NAME)]
  if (!hasText && !hasErrors) return null
  if (!hasText || !hasErrors) {
    const [present, absent] = hasText ? ['metadata', 'an array'] : ['an array', 'metadata']
    throw new TypeError(
      `${NAME}: expected ${present} and ${absent} of that name, found no ${absent.replace('an ', '')}`,
    )
  }
  const errors = errorsOf(tensors[NAME])
  const rest = theRest(parseJson(metadata[NAME], NAME), NAME)
  const isEmpty = errors.length + rest.fenced === 0
  const numbers = [rest.centre, rest.spread]
  if (isEmpty ? numbers.every(Number.isNaN) : numbers.every(Number.isFinite) && rest.spread >= 0) {
    return { errors, ...rest }
  }
  const expected = isEmpty ? 'NaN of no rows' : 'finite, and no spread below 0'
  throw new RangeError(
    `${NAME}: expected centre and spread ${expected}, found ${rest.centre} and ${rest.spread}`,
  )
}

function errorsOf({ dtype, shape, data }: ArrayData): Float64Array {
  if (dtype !== 'float64' || shape.length !== 1) {
    throw new TypeError(`${NAME}: expected float64 [n], found ${dtype} [${shape.join(', ')}]`)
  }
  const errors = data as Float64Array
  const wrong = errors.findIndex((error, i) => !(error >= (i === 0 ? 0 : errors[i - 1]) && error < Infinity))
  if (wrong < 0) return errors
  throw new RangeError(
    `${NAME}: expected errors that are ascending, finite and at least 0, found ${errors[wrong]} at index ${wrong}`,
  )
}
