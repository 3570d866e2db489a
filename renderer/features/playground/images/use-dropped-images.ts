import { useEffect, useState } from 'react'
import { draft } from '../page-draft.ts'

/** Files of other kinds go on to the import, which takes them anywhere in the window. */
const carriesImages = ({ dataTransfer }: DragEvent): boolean => {
  const files = [...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file')
  return files.length > 0 && files.every(({ type }) => type.startsWith('image/'))
}

/** Images may be dropped anywhere while the chat is open; true while some are over the window. */
export function useDroppedImages(): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!carriesImages(event)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      setIsOver(true)
    }
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setIsOver(false)
    }
    const drop = (event: DragEvent) => {
      setIsOver(false)
      if (!carriesImages(event)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      void draft.getState().add(namedFiles(event.dataTransfer?.files))
    }
    // Before the window's own listeners, which take every file.
    const options = { capture: true }
    window.addEventListener('dragover', drag, options)
    window.addEventListener('dragleave', leave, options)
    window.addEventListener('drop', drop, options)
    return () => {
      window.removeEventListener('dragover', drag, options)
      window.removeEventListener('dragleave', leave, options)
      window.removeEventListener('drop', drop, options)
    }
  }, [])
  return isOver
}

export const namedFiles = (files: FileList | readonly File[] | undefined) =>
  [...(files ?? [])].map((file) => ({ file, name: file.name }))
