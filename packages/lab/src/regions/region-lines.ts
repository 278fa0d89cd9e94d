import type { PlanePartition } from '@facet/geometry'

/** A JSON line for every region of a partition. */
export function* regionLines(partition: PlanePartition): Generator<string> {
  for (const region of partition) {
    const { index, corners, area, code, level, neighbours } = region
    const { A, b } = region.map()
    yield JSON.stringify({
      region: index,
      corners,
      area,
      code: [...code],
      ...(level !== null && { level }),
      A,
      b,
      neighbours: neighbours.map(({ region, changed, from, to, length }) => ({
        region,
        changed,
        from,
        to,
        length,
      })),
    })
  }
}
