/** Before a model's id: the address that opens the form for its new keys. */
export const addKeysTo = 'add-keys:'
/** Before a key's id: the address that opens its form. */
export const editKeyOf = 'key:'
