import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { hrefOf, useRoute, viewNames } from './router.ts'
import { views } from './views.ts'

export function Shell() {
  const { t } = useTranslation('shell')
  const { view } = useRoute()
  const View = views[view]
  return (
    <>
      <nav aria-label={t('nav.label')}>
        {viewNames.map((name) => (
          <a key={name} href={hrefOf(name)} aria-current={name === view ? 'page' : undefined}>
            {t(`nav.${name}`)}
          </a>
        ))}
      </nav>
      <main>
        <Suspense fallback={t('loading')}>{View && <View />}</Suspense>
      </main>
    </>
  )
}
