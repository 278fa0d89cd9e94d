const titles = { moved: 'moved', made: 'made of it', residual: 'residual' } as const

/** What is what in a picture. */
export const Key = ({ names }: { readonly names: readonly (keyof typeof titles)[] }) => (
  <p class="symmetry-key">
    {names.map((name) => (
      <span key={name} class={`key ${name}`}>
        {titles[name]}
      </span>
    ))}
  </p>
)
