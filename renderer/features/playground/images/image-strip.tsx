import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImagePart } from '../../../../shared/chat.ts'
import { formatBytes } from '../../../ui/format-bytes.ts'
import { visibleText } from '../../../ui/visible-text.ts'
import classes from './images.module.css'

interface ImageStripProps {
  images: readonly ImagePart[]
  /** Absent for what was sent already. */
  onRemove?: (image: ImagePart) => void
}

export function ImageStrip({ images, onRemove }: ImageStripProps) {
  const { t, i18n } = useTranslation('prompt')
  if (images.length === 0) return null
  return (
    <ul className={classes['strip']} aria-label={t('image.list')}>
      {images.map((image, index) => {
        const { dataUrl, width, height, bytes } = image
        const name = visibleText(image.name)
        const size = formatBytes(bytes, i18n.language)
        return (
          <li key={index} className={classes['image']}>
            <img src={dataUrl} alt={name} title={t('image.about', { name, width, height, size })} />
            {onRemove && (
              <ActionIcon
                className={classes['remove'] ?? ''}
                variant="default"
                size={20}
                radius="xl"
                aria-label={t('image.remove', { name })}
                onClick={() => onRemove(image)}
              >
                <IconX size={12} aria-hidden="true" />
              </ActionIcon>
            )}
          </li>
        )
      })}
    </ul>
  )
}
