// Runs before a package is packed. npm would keep `workspace:` ranges, which nobody can install, and the paths of sources.
const packer = process.env.npm_config_user_agent?.split('/')[0]
if (packer !== 'pnpm') {
  console.error(
    `packed by ${packer}: expected pnpm, which writes the ranges between packages; run \`npx pnpm pack:all\``,
  )
  process.exit(1)
}
