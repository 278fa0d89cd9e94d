import { comparisons, lengthRules, missingRules, samplesFormats } from '@facet/data'
import * as z from 'zod'
import { asColumn, asColumns, asConditions, column } from '../fields/columns.ts'
import { type Content, checkedAs, type Field, type Flag, field } from '../fields/field.ts'
import { fieldsOf, listOf, oneOf, text, wholeNumber } from '../fields/fields.ts'

const condition = fieldsOf({ column, is: z.enum(comparisons), value: z.string() })

const conditions = z
  .array(condition, 'expected conditions such as Class=0 or age>=18')
  .min(1, 'expected one or more conditions')

/** Conditions that were given before still hold. */
const more: Flag['into'] = (said, before): Content => {
  const earlier = (before.where ?? []) as readonly unknown[]
  const list = asConditions(said) as readonly unknown[]
  const wrong = list.find((one) => typeof one === 'string')
  if (wrong !== undefined)
    checkedAs(
      'where',
      z.never(`expected COLUMN=VALUE, or with ${comparisons.slice(1).join(' ')}, got '${wrong}'`),
      wrong,
    )
  return { ...before, where: checkedAs('where', conditions, [...earlier, ...list]) }
}

const columnList = listOf(column, 'columns')

/** How a file of samples is read: flags of every command that reads one, and settings under the same names. */
export const readingFields = {
  format: field(oneOf(samplesFormats), {
    help: samplesFormats.join(', '),
    shown: 'by name and content',
  }),
  header: field(oneOf(['auto', 'yes', 'no']), {
    argument: '<yes|no|auto>',
    help: 'whether the first line of a table names its columns',
    shown: 'auto: by the lines',
  }),
  columns: field(columnList, {
    argument: '<list>',
    help: 'columns to use, by name or index from 0',
    read: asColumns,
    shown: 'all that have no other part',
  }),
  drop: field(columnList, { argument: '<list>', help: 'columns to leave out', read: asColumns }),
  id: field(columnList, {
    argument: '<list>',
    help: 'columns kept beside the rows, never used',
    read: asColumns,
  }),
  labels: field(column, {
    argument: '<column>',
    help: 'column of labels, left out: its name or index; none',
    read: asColumn,
  }),
  labelsFile: field(text('a path'), {
    argument: '<file>',
    help: 'IDX file of labels beside an IDX file of images',
  }),
  where: field(conditions, {
    argument: '<condition>',
    help: 'rows to use: Class=0, age>=18; = != < <= > >=; repeatable',
    read: asConditions,
    into: more,
  }),
  time: field(column.nullable(), {
    argument: '<column>',
    help: 'column that says when a row was, or none',
    read: (given) => (given === 'none' ? null : asColumn(given)),
    shown: 'the only one of dates',
  }),
  group: field(column, {
    argument: '<column>',
    help: 'column that parts the rows into series of their own',
    read: asColumn,
  }),
  array: field(text('the name of an array'), { argument: '<name>', help: 'array of an .npz' }),
} satisfies Readonly<Record<string, Field>>

/** What becomes of rows before a model sees them, beside how they are normalised. */
export const preparationFields = {
  missing: field(oneOf(missingRules), {
    default: 'refuse',
    argument: '<rule>',
    help: `what becomes of missing values: ${missingRules.join(', ')}`,
  }),
  lengths: field(oneOf(lengthRules), {
    default: 'refuse',
    argument: '<rule>',
    help: `what becomes of series of several lengths: ${lengthRules.join(', ')}`,
  }),
  window: field(wholeNumber(1).nullable(), {
    default: null,
    help: 'learn pieces of so many rows in the order of time',
    shown: 'none: single rows',
  }),
  stride: field(wholeNumber(1).nullable(), {
    default: null,
    help: 'rows from one window to the next',
    shown: 'a quarter of the window',
  }),
  split: field(oneOf(['random', 'time']), {
    default: 'random',
    argument: '<random|time>',
    help: 'rows held out: at random, or the last ones',
    shown: 'random; of windows time',
  }),
} satisfies Readonly<Record<string, Field>>
