/** Hands a text to the browser as a file, which asks or knows where to put it. The desktop lets its page save nothing else. */
export function saveText(texts: readonly string[], fileName: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([...texts], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}
