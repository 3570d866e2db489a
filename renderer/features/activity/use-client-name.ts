import { useTranslation } from 'react-i18next'

/** Our own clients have names in every language; a client of the gateway has the name it was given. */
export function useClientName(): (client: string) => string {
  const { t } = useTranslation('activity')
  return (client) => (client === 'playground' || client === 'key-test' ? t(`client.${client}`) : client)
}
