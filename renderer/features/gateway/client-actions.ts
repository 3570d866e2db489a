import { t } from 'i18next'
import type { ClientEdit, ClientView, NewClient } from '../../../shared/gateway.ts'
import { client } from '../../app/client.ts'
import { useGateway } from '../../app/gateway-store.ts'
import { showMinted } from '../../app/minted-token.ts'
import { showDone } from '../../app/toast.tsx'

/** What a person may ask of one client. */
export type ClientAction = 'edit' | 'rotate' | 'revoke'

/** What can be done to clients. Each asks main and then shows what main says, never what was clicked. */

async function thenRefresh<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } finally {
    await useGateway.getState().refresh()
  }
}

export async function addClient(wanted: NewClient): Promise<void> {
  showMinted(await thenRefresh(client.gateway.addClient(wanted)))
}

export async function editClient(id: ClientView['id'], edit: ClientEdit): Promise<void> {
  const { name } = await thenRefresh(client.gateway.editClient({ id, edit }))
  showDone(t('gateway:client.saved', { name }))
}

export async function rotateClient({ id }: ClientView): Promise<void> {
  showMinted(await thenRefresh(client.gateway.rotateClient({ id })))
}

export async function revokeClient({ id, name }: ClientView): Promise<void> {
  await thenRefresh(client.gateway.revokeClient({ id }))
  showDone(t('gateway:revoke.done', { name }))
}
