import { useEffect, useRef, useState } from 'preact/hooks'
import { fileLimits } from '../data/limits.ts'
import type { LabelChoice, ReadTable } from '../data/read-table.ts'
import { useSession, useStore } from '../session/hooks.ts'
import type { DataRecipe } from '../state/recipe.ts'
import { type Reading, readFile } from '../work/read-file.ts'

/** What is going on with the file. */
interface Progress {
  readonly file: File
  readonly bytes: number
  readonly table: ReadTable | null
  readonly problem: string | null
}

/** A table of one's own, by choice or by drop. */
export function FileChoice({ onFile }: { readonly onFile: (file: NonNullable<DataRecipe['file']>) => void }) {
  const session = useSession()
  const { state, dispatch } = useStore()
  const expected = state.recipe.data.file
  const [progress, setProgress] = useState<Progress | null>(null)
  const [isOver, setIsOver] = useState(false)
  const reading = useRef<Reading | null>(null)
  useEffect(() => () => reading.current?.stop(), [])
  const open = async (file: File, label: LabelChoice) => {
    reading.current?.stop()
    const begun: Progress = { file, bytes: 0, table: null, problem: null }
    setProgress(begun)
    const current = readFile(file, label, (bytes) => setProgress({ ...begun, bytes }))
    reading.current = current
    try {
      const table = await current.table
      setProgress({ ...begun, table })
      session.giveRows(table.rows, table.checksum)
      // The rows that a link was made with: its run begins with them.
      if (table.checksum === expected?.checksum) dispatch(['open', { ...state, recipe: { ...state.recipe } }])
      else onFile({ name: file.name, checksum: table.checksum })
    } catch (error) {
      setProgress({ ...begun, problem: (error as Error).message })
    }
    reading.current = null
  }
  const stop = () => {
    reading.current?.stop()
    reading.current = null
    setProgress(null)
  }
  const { file, table = null, problem = null, bytes = 0 } = progress ?? {}
  const isReading = progress !== null && table === null && problem === null
  const accept = (files: FileList | null | undefined) => files?.[0] && void open(files[0], 'auto')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop is another way to what the field in it does
    <div
      class={isOver ? 'file over' : 'file'}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        accept(event.dataTransfer?.files)
      }}
    >
      <label class="pick">
        <span>Drop a CSV here, or choose one</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={({ currentTarget }) => accept(currentTarget.files)}
        />
      </label>
      <p class="aside">
        It stays on this machine. Up to {fileLimits.columns} columns; of more than{' '}
        {fileLimits.rows.toLocaleString('en')} rows as many are drawn.
      </p>
      {progress === null && expected !== null && (
        <p class="aside">This page was made with {expected.name}: choose that file to go on.</p>
      )}
      {file && isReading && (
        <div class="row">
          <label class="reading">
            Reading {file.name} <progress value={bytes} max={Math.max(1, file.size)} />
          </label>
          <button type="button" onClick={stop}>
            Stop
          </button>
        </div>
      )}
      <div role="alert">{problem !== null && <p class="wrong">{problem}</p>}</div>
      {file && table && (
        <>
          <label class="choice">
            <span>labels</span>
            <select
              value={table.label === null ? 'none' : String(table.label)}
              onChange={({ currentTarget: { value } }) =>
                void open(file, value === 'none' ? 'none' : Number(value))
              }
            >
              <option value="none">none</option>
              {table.columns.map((name, place) => (
                <option key={name} value={String(place)}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <p class="aside" role="status">
            {file.name}: {table.notes.join(' ')}
          </p>
        </>
      )}
    </div>
  )
}
