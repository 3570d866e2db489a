import { Kbd } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog.tsx'
import { paletteKeys, undoKeys, viewLetters } from './shortcut-keys.ts'
import { closeShortcuts } from './shortcuts-store.ts'
import classes from './shortcuts.module.css'

function Row({ keys, does }: { keys: readonly string[]; does: string }) {
  return (
    <>
      <dt>{does}</dt>
      <dd>
        {keys.map((key) => (
          <Fragment key={key}>
            <Kbd>{key}</Kbd>
          </Fragment>
        ))}
      </dd>
    </>
  )
}

/** The list that `?` opens. */
export function Shortcuts() {
  const { t } = useTranslation('shell')
  return (
    <Dialog onClose={closeShortcuts} title={t('shortcuts.title')} closeLabel={t('shortcuts.close')}>
      <dl className={classes['list']}>
        <Row keys={paletteKeys(navigator.userAgent).split(' ')} does={t('shortcuts.palette')} />
        <Row keys={undoKeys(navigator.userAgent).split(' ')} does={t('shortcuts.undo')} />
        <Row keys={['?']} does={t('shortcuts.help')} />
        <Row keys={['/']} does={t('shortcuts.filter')} />
        <Row keys={['Alt', '↑', '↓']} does={t('shortcuts.moveKey')} />
        <Row keys={['Enter']} does={t('shortcuts.save')} />
        <Row keys={['Esc']} does={t('shortcuts.cancel')} />
        {Object.entries(viewLetters).map(([letter, view]) => (
          <Row key={view} keys={['g', letter]} does={t('shortcuts.goTo', { view: t(`nav.${view}`) })} />
        ))}
      </dl>
    </Dialog>
  )
}
