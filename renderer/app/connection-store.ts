import { create } from 'zustand'

/**
 * Whether main can be heard. `lost` is a dropped socket that is being opened again; `gone` is a session that main no
 * longer knows, which only a fresh link mends.
 */
export type Connection = 'connecting' | 'open' | 'lost' | 'gone'

interface ConnectionStore {
  connection: Connection
  set: (connection: Connection) => void
}

export const useConnection = create<ConnectionStore>((set) => ({
  connection: 'connecting',
  set: (connection) => set({ connection }),
}))
