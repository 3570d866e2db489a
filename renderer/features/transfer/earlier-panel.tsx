import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { EarlierVersionView } from '../../../shared/export.ts'
import { formatInteger, formatMoment } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { useVault } from '../../app/vault-store.ts'
import classes from './export.module.css'

interface EarlierPanelProps {
  versions: readonly EarlierVersionView[]
  onRead: () => void
  onLook: (id: string) => void
}

/** Without a question: who only opened the tab is not asked who they are. */
function useReadOnce(read: () => void): void {
  const isOpen = useVault((store) => store.status?.interface === 'open')
  const wasRead = useRef(false)
  useEffect(() => {
    if (!isOpen || wasRead.current) return
    wasRead.current = true
    read()
  }, [isOpen, read])
}

/** What files held before they were written to; the last ten of each. */
export function EarlierPanel({ versions, onRead, onLook }: EarlierPanelProps) {
  const { t, i18n } = useTranslation('export')
  useReadOnce(onRead)
  if (versions.length === 0) return null
  return (
    <Panel title={t('earlier.title')} aside={t('earlier.aside')}>
      <ul className={classes['versions']}>
        {versions.map(({ id, path, savedAtMs, bytes }) => (
          <li key={id}>
            <span className={classes['versionPath']}>{path}</span>
            <time className={classes['dim']} dateTime={new Date(savedAtMs).toISOString()}>
              {formatMoment(savedAtMs, i18n.language)}
            </time>
            <span className={classes['dim']}>
              {t('bytes', { count: bytes, size: formatInteger(bytes, i18n.language) })}
            </span>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t('earlier.lookAt', { path, when: formatMoment(savedAtMs, i18n.language) })}
              onClick={() => onLook(id)}
            >
              {t('earlier.look')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
