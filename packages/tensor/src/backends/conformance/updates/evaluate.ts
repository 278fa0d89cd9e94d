import { tensor } from '../../../creation.ts'
import { dispatch } from '../../../dispatch.ts'
import { arrayTypes } from '../../../dtype.ts'
import { opTable } from '../../../op-table.ts'
import type { Tensor } from '../../../tensor.ts'
import type { Values } from '../../../testing/case.ts'
import { type Contribution, updateInPlace } from '../../../update.ts'
import type { UpdateName } from '../../../update-table.ts'
import { isDense, type UpdateCase } from './cases.ts'
import type { Arrays } from './rows.ts'

/** A tensor that lies one element into a larger one. */
export function uploadWithin({ values, shape, dtype }: Values): Tensor {
  const held = new arrayTypes[dtype](values.length + 2)
  held.set(values, 1)
  const whole = tensor(held)
  const [part] = dispatch(opTable.slice, [whole], { starts: [1], sizes: [values.length] })
  const [view] = dispatch(opTable.reshape, [part], { shape })
  for (const t of [whole, part]) t.dispose()
  return view
}

export const upload = ({ values, shape }: Values): Tensor => tensor(values, { shape })

/** The state after one update on the active backend, of tensors as `uploaded` makes them. @throws Error where a gradient has changed. */
export async function updated(
  name: UpdateName,
  c: UpdateCase,
  state: Readonly<Record<string, Values>>,
  params: unknown,
  uploaded: (x: Values) => Tensor = upload,
): Promise<Arrays> {
  const tensors = Object.fromEntries(Object.entries(state).map(([key, x]) => [key, uploaded(x)]))
  const given: [Values, Tensor][] = []
  const give = (x: Values): Tensor => {
    const t = uploaded(x)
    given.push([x, t])
    return t
  }
  const terms = c.terms.map(
    (term): Contribution =>
      isDense(term) ? give(term) : { left: give(term.left), right: give(term.right), shape: c.shape },
  )
  updateInPlace(name, tensors as never, terms, params as never)
  for (const [x, t] of given) {
    const now = await t.data()
    if (x.values.some((value, i) => value !== now[i])) throw new Error('a gradient has changed')
  }
  const after = await Promise.all(Object.values(tensors).map((t) => t.data()))
  for (const t of [...Object.values(tensors), ...given.map(([, held]) => held)]) t.dispose()
  return Object.fromEntries(Object.keys(tensors).map((key, i) => [key, after[i]]))
}
