import {
  IconActivity,
  IconAdjustments,
  IconFileImport,
  IconKey,
  IconLayoutDashboard,
  IconMessageCircle,
  type Icon,
} from '@tabler/icons-react'
import type { ViewName } from './router.ts'

export const viewIcons: Record<ViewName, Icon> = {
  dashboard: IconLayoutDashboard,
  models: IconKey,
  playground: IconMessageCircle,
  activity: IconActivity,
  transfer: IconFileImport,
  settings: IconAdjustments,
}
