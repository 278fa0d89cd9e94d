import { add, concat, type Key, key, matmul, type Tensor, takeAlongAxis, tanh, tensor } from '@facet/tensor'

/** Columns of {@link plantedRows}. */
export const plantedColumns = 16

/** How the rows lie: near a subspace, or near a subspace bent by a tanh. */
export type Surface = 'flat' | 'bent'

/** Rows near a surface of three dimensions in sixteen, with noise of a tenth; the surface is a seed's own. */
export function normalRows(seed: number, surface: Surface, drawing: Key, count: number): Tensor {
  const mixing = key(seed)
    .child('mixing')
    .normal([3, plantedColumns], { deviation: 1 / Math.sqrt(3) })
  const flat = matmul(drawing.child('codes').normal([count, 3]), mixing)
  const noise = drawing.child('noise').normal([count, plantedColumns], { deviation: 0.1 })
  return add(surface === 'flat' ? flat : tanh(flat), noise)
}

/** Odd rows: each column has numbers that it has in normal rows, each from another row. */
export function oddRows(seed: number, surface: Surface, drawing: Key, count: number): Tensor {
  const whole = normalRows(seed, surface, drawing, count)
  const orders = Array.from({ length: plantedColumns }, (_, j) =>
    drawing.child('order', j).permutation(count),
  )
  const places = Int32Array.from({ length: count * plantedColumns }, (_, i) => {
    return orders[i % plantedColumns][Math.floor(i / plantedColumns)]
  })
  return takeAlongAxis(whole, tensor(places, { shape: [count, plantedColumns] }), 0)
}

/** Rows of which 2 % are odd, at the end. */
export function plantedRows(seed: number, surface: Surface, drawing: Key, count: number): Tensor {
  const odd = Math.round(0.02 * count)
  const [ordinary, rare] = [drawing.child('normal'), drawing.child('odd')]
  return concat([normalRows(seed, surface, ordinary, count - odd), oddRows(seed, surface, rare, odd)], 0)
}
