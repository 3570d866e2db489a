import { useTranslation } from 'react-i18next'

const ourOwn = ['playground', 'key-test', 'rehearsal'] as const

/** Our own clients have names in every language; a client of the gateway has the name it was given. */
export function useClientName(): (client: string) => string {
  const { t } = useTranslation('activity')
  return (client) => {
    const own = ourOwn.find((name) => name === client)
    return own === undefined ? client : t(`client.${own}`)
  }
}
