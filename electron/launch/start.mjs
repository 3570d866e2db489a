/** `npm start`. The rest of it is TypeScript, which an older Node could not even read. */
const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 19)) {
  const { start } = await import('./start.ts')
  process.exitCode = await start()
} else {
  console.error(`Start Keywheel with "npm start": it brings the Node that it needs, and this is ${process.version}.`)
  process.exitCode = 1
}
