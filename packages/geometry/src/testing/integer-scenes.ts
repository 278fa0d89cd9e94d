import type { Activation } from '@facet/tensor'
import fc from 'fast-check'

const small = fc.integer({ min: -2, max: 2 })

const rowsOf = (count: number, width: number) =>
  fc.array(fc.array(small, { minLength: width, maxLength: width }), { minLength: count, maxLength: count })

/** Networks of small integers, whose walls coincide often, and `rays` rays of small integers in each. */
export const integerScenes = (rays: number, activations: readonly Activation[]) =>
  fc
    .record({
      sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 5 }),
      bias: fc.boolean(),
    })
    .chain(({ sizes, bias }) =>
      fc.record({
        layers: fc.tuple(
          ...sizes.slice(1).map((units, l) =>
            fc.record({
              weight: rowsOf(units, sizes[l]),
              bias: bias ? fc.array(small, { minLength: units, maxLength: units }) : fc.constant(null),
              activation: fc.constantFrom(...activations),
            }),
          ),
        ),
        theta: rowsOf(rays, sizes[0]),
        direction: rowsOf(rays, sizes[0]),
      }),
    )
