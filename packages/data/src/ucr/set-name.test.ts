import { expect, it } from 'vitest'
import { expectSetName } from './set-name.ts'

it.each(['CBF', 'constructor', '__proto__', 'toString', 'A.b-c_d', 'Größe', '...'])(
  'takes %j for a name',
  (name) => {
    expect(() => expectSetName('loadUcr', name)).not.toThrow()
  },
)

it.each([
  '',
  '.',
  '..',
  '../CBF',
  'a/../../etc/passwd',
  '/etc/passwd',
  'a\\b',
  'a\0b',
  'a\nb',
  'x'.repeat(201),
])('refuses %j', (name) => {
  expect(() => expectSetName('loadUcr', name)).toThrow('loadUcr: expected the name of a set')
})

it.each([undefined, null, 3, {}, Object.create(null) === null, []])(
  'refuses %s, which is no text',
  (name) => {
    expect(() => expectSetName('loadUcr', name)).toThrow('loadUcr: expected the name of a set')
  },
)
