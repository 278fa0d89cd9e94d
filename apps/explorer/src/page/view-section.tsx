import type { ViewRow } from './views.ts'

/** A view under its heading. */
export const ViewSection = ({ name, title, View }: ViewRow) => (
  <section class={`view view-${name}`} aria-labelledby={`heading-${name}`}>
    <h2 id={`heading-${name}`}>{title}</h2>
    <View />
  </section>
)
