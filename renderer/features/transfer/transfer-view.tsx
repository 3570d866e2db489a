import { useTranslation } from 'react-i18next'
import { TabbedView } from '../../app/tabbed-view.tsx'
import { DslightingTab } from './dslighting-tab.tsx'
import { ExportTab } from './export-tab.tsx'
import { ImportTab } from './import-tab.tsx'
import { LinkedTab } from './linked-tab.tsx'
import classes from './transfer.module.css'

/** The ways in from files and out to them. */
export function TransferView() {
  const { t } = useTranslation('transfer')
  return (
    <TabbedView
      view="transfer"
      tabs={[
        { name: 'import', Content: ImportTab },
        { name: 'export', Content: ExportTab },
        { name: 'linked', Content: LinkedTab },
        { name: 'dslighting', Content: DslightingTab },
      ]}
      label={t('label')}
      nameOf={(tab) => t(`tab.${tab}`)}
      classes={classes}
    />
  )
}
