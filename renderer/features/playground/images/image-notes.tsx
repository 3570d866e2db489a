import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../../shared/model.ts'
import classes from '../composer.module.css'
import { takesImages } from '../tokens/model-families.ts'

/** Whether the models of a message take its images, as far as their names tell. */
export const ImageNotes = ({ models }: { models: readonly ModelView[] }) =>
  models.map((model) => <ImageNote key={model.id} model={model} />)

/** Names do not bind providers: what is only likely is not forbidden. */
function ImageNote({ model: { name, upstreamModel } }: { model: ModelView }) {
  const { t } = useTranslation('prompt')
  const takes = takesImages(upstreamModel)
  if (takes === 'yes') return null
  return <p className={classes['note']}>{t(takes === 'no' ? 'image.notTaken' : 'image.perhaps', { model: name })}</p>
}
