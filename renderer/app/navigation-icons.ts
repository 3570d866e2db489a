import {
  IconActivity,
  IconAdjustments,
  IconKey,
  IconLayoutDashboard,
  IconMessageCircle,
  IconPlugConnected,
  IconTransfer,
  type Icon,
} from '@tabler/icons-react'
import type { ViewName } from './router.ts'

export const viewIcons: Record<ViewName, Icon> = {
  dashboard: IconLayoutDashboard,
  models: IconKey,
  playground: IconMessageCircle,
  activity: IconActivity,
  gateway: IconPlugConnected,
  transfer: IconTransfer,
  settings: IconAdjustments,
}
