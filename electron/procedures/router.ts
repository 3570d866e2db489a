import { activityProcedures, type ActivityServices } from './activity.ts'
import { appProcedures, type AppServices } from './app.ts'
import { conversationProcedures, type ConversationServices } from './conversations.ts'
import { gatewayProcedures, type GatewayServices } from './gateway.ts'
import { exportProcedures, type ExportServices } from './export.ts'
import { dslightingProcedures, type DslightingServices } from './dslighting.ts'
import { createImplementer } from './implementer.ts'
import { desktopProcedures, type DesktopServices } from './desktop.ts'
import { linkedProcedures, type LinkedServices } from './linked.ts'
import { logProcedures, type LogServices } from './log.ts'
import { modelProcedures, type ModelServices } from './models.ts'
import { networkProcedures, type NetworkServices } from './network.ts'
import { playgroundProcedures, type PlaygroundServices } from './playground.ts'
import { rehearsalProcedures, type RehearsalServices } from './rehearsal.ts'
import { transferProcedures, type TransferServices } from './transfer.ts'
import { vaultProcedures, type VaultServices } from './vault.ts'

export type Services = AppServices &
  DesktopServices &
  VaultServices &
  ModelServices &
  TransferServices &
  ExportServices &
  LinkedServices &
  DslightingServices &
  PlaygroundServices &
  ConversationServices &
  RehearsalServices &
  GatewayServices &
  ActivityServices &
  LogServices &
  NetworkServices

/** Every procedure of the contract: parsed input in, a service called, codes out. */
export function createRouter(services: Services, reportBug: (error: unknown) => void) {
  const isOn = () => services.settings.get().presentation
  const os = createImplementer(reportBug, { isOn })
  return os.router({
    ...appProcedures(os, services),
    ...desktopProcedures(os, services),
    ...vaultProcedures(os, services),
    ...logProcedures(os, services),
    ...modelProcedures(os, services),
    ...transferProcedures(os, services),
    ...exportProcedures(os, services),
    ...linkedProcedures(os, services),
    ...dslightingProcedures(os, services),
    ...playgroundProcedures(os, services),
    ...conversationProcedures(os, services),
    ...rehearsalProcedures(os, services),
    ...gatewayProcedures(os, services),
    ...activityProcedures(os, services),
    ...networkProcedures(os, services),
  })
}

export type AppRouter = ReturnType<typeof createRouter>
