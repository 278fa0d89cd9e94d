import { samplesFormats } from '@facet/data'
import type { Option } from 'commander'
import * as z from 'zod'
import { oneOf, text } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import { settingOption } from './setting-option.ts'

/** A column by its name, or by its index: `-1` is the last. */
const asColumn = (column: string): unknown => (/^-?\d+$/.test(column) ? Number(column) : column)

export const formatOption = (): Option =>
  settingOption(
    '--format <name>',
    `${samplesFormats.join(', ')} (default: by name and content)`,
    oneOf(samplesFormats),
    asText,
  )

export const labelsOption = (): Option =>
  settingOption(
    '--labels <column>',
    'column of labels, left out: its name or index; none',
    z.union([z.int(), text('a column')]),
    asColumn,
  )

export const arrayOption = (): Option =>
  settingOption('--array <name>', 'array of an .npz', text('the name of an array'), asText)
