import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './file-drop.module.css'
import { offeredFrom, useImportInbox } from './import-inbox.ts'
import { attempt, showDone } from './toast.tsx'

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

interface FileDropProps {
  /** Whether a file is taken now: what is unsaved is asked about before the view is left for the file's. */
  mayTake?: () => boolean
  onFile: () => void
}

const always = () => true

/** A file may be dropped anywhere; what it is, the import view says. */
export function FileDrop({ mayTake = always, onFile }: FileDropProps) {
  const { t } = useTranslation('import')
  const [over, setOver] = useState(false)

  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      // Leaving the window, and not merely an element in it, has nothing to go to.
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(false)
      const files = event.dataTransfer?.files
      const file = files?.[0]
      if (file === undefined || !mayTake()) return
      const count = files?.length ?? 0
      attempt(async () => {
        useImportInbox.getState().offer(await offeredFrom(file, file.name))
        onFile()
        if (count > 1) showDone(t('firstOfSeveral', { name: file.name }))
      })
    }
    window.addEventListener('dragover', drag)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', drag)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [mayTake, onFile, t])

  return over ? <div className={classes['target']}>{t('dropHere')}</div> : null
}
