import { describe, expect, it } from 'vitest'
import { parseBytes, rowsOf } from '../testing/parse-bytes.ts'

const header = `% flowers
@relation 'my flowers'

@attribute 'sepal length' REAL
@ATTRIBUTE width numeric   % in cm
@attribute class {setosa, 'iris virginica'}
@data
`
const file = `${header}5.1,3.5,setosa\n% a comment\n4.9, 3.0 , 'iris virginica'\n`

describe('ARFF', () => {
  it('gives features by name and the nominal class as labels, however the bytes come', async () => {
    for (const step of [1, 7, 1000]) {
      const samples = await parseBytes('arff', file, {}, step)
      expect(rowsOf(samples)).toEqual([
        [5.1, 3.5],
        [4.9, 3],
      ])
      expect(samples.columns).toEqual(['sepal length', 'width'])
      expect(samples.labels).toEqual(Int32Array.of(1, 0))
      expect(samples.classes).toEqual(['iris virginica', 'setosa'])
      expect(samples.notes).toEqual(['labels are the attribute "class"'])
    }
  })

  it('has series where attributes are positions, as in the UCR archive', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `att${i}`)
    const fileOf = (names: readonly string[]): string =>
      `@relation x\n${names.map((name) => `@attribute ${name} numeric\n`).join('')}@attribute target {1,2}\n@data\n1,2,3,?,5,6,7,8,1\n`
    const series = await parseBytes('arff', fileOf(names), { missing: 'keep' })
    expect([series.columns, series.length]).toEqual([null, 8])
    expect(series.notes).toContain('the attributes att0 to att7 are a series in each row')
    const table = await parseBytes('arff', fileOf([...names.slice(1), 'width']), { missing: 'keep' })
    expect(table.columns).toEqual([...names.slice(1), 'width'])
  })

  it('keeps classes that are whole numbers, and leaves the class out where no labels are wanted', async () => {
    const text = '@relation x\n@attribute a real\n@attribute target {1,2}\n@data\n0.5,2\n1.5,1\n'
    expect((await parseBytes('arff', text)).labels).toEqual(Int32Array.of(2, 1))
    const { labels, columns } = await parseBytes('arff', text, { labels: 'none' })
    expect([labels, columns]).toEqual([null, ['a']])
    expect((await parseBytes('arff', text, { labels: 'target', drop: [] })).length).toBe(1)
  })

  it('refuses missing values with their number, and reads them as NaN where they are kept', async () => {
    const text = `${header}?,3.5,setosa\n4.9,?,setosa\n`
    await expect(parseBytes('arff', text)).rejects.toThrow(/line 8: .*"\?"/)
    expect(rowsOf(await parseBytes('arff', text, { missing: 'keep' }))).toEqual([
      [Number.NaN, 3.5],
      [4.9, Number.NaN],
    ])
  })

  it('fills sparse rows up, a nominal value that is left out being the first', async () => {
    const text = `${header}{0 2.5, 2 'iris virginica'}\n{1 3}\n{}\n`
    const samples = await parseBytes('arff', text)
    expect(rowsOf(samples)).toEqual([
      [2.5, 0],
      [0, 3],
      [0, 0],
    ])
    expect(samples.labels).toEqual(Int32Array.of(0, 1, 1))
  })

  it('stops sparse rows that would fill the memory', async () => {
    const attributes = Array.from({ length: 10_000 }, (_, i) => `@attribute a${i} real\n`).join('')
    const text = `@relation x\n${attributes}@data\n${'{}\n'.repeat(100_000)}`
    await expect(parseBytes('arff', text, { maxBytes: 1e6 })).rejects.toThrow(
      'expected sparse rows that fill up to at most 1000000 bytes (maxBytes), found more',
    )
  })

  it('reads rows parted by blanks, weights behind rows, carriage returns and what KEEL adds', async () => {
    const text =
      '@relation k\r@attribute a real [0.0, 9.0]\r@attribute b integer[1,2]\r@inputs a, b\r@data\r1 2\r3,4,{5}\r'
    expect(rowsOf(await parseBytes('arff', text))).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('takes the options of tables: columns, ids, conditions', async () => {
    const kept = await parseBytes('arff', file, {
      columns: ['width'],
      where: [{ column: 'class', is: '=', value: 'setosa' }],
    })
    expect(rowsOf(kept)).toEqual([[3.5]])
    const ids = await parseBytes('arff', file, { id: ['class'] })
    expect(ids.ids[0].values).toEqual(['setosa', 'iris virginica'])
    expect(ids.labels).toBeNull()
  })

  const rejections: [string, string, string][] = [
    ['an empty file', '\n', 'the file: expected a line @data, found the end of the file'],
    ['nothing after @data', header, 'expected samples after the header, found the end of the file'],
    [
      'data without attributes',
      '@relation x\n@data\n1\n',
      'line 2: expected an @attribute before @data, got none',
    ],
    [
      'several dimensions',
      '@relation x\n@attribute bag relational\n@data\n',
      'line 2: expected an attribute that is numeric, real, integer, nominal {a,b}, string or date, got "relational"',
    ],
    ['another line', '@relation x\n1,2\n', 'line 2: expected @relation, @attribute or @data, got "1,2"'],
    ['a row too short', `${header}1,setosa\n`, 'line 8: expected 3 fields as in line 7, got 2'],
    [
      'a word among numbers',
      `${header}1,x,setosa\n`,
      'line 8: field 2 ("width"): expected a finite number, got "x"',
    ],
    [
      'a sparse index that is none',
      `${header}{3 1}\n`,
      'line 8: expected {index value, …} with indices from 0 to 2, got "3 1}"',
    ],
    ['a sparse row without end', `${header}{0 1\n`, 'line 8: expected a closing }'],
    ['a quote without end', `${header}1,2,'setosa\n`, 'line 8: expected values parted by commas'],
  ]
  it.each(rejections)('refuses %s', async (_, text, message) => {
    await expect(parseBytes('arff', text)).rejects.toThrow(message)
  })
})
