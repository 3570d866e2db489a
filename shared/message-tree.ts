// Messages are only ever added: an edited question and a second answer stand beside the first, and nothing is lost.

/** A message by its place: `parentId` is null for a first question. */
export interface TreeNode {
  readonly id: string
  readonly parentId: string | null
}

export interface MessageTree<N extends TreeNode> {
  readonly messages: readonly N[]
  /** Which of its children each message goes on with, where it is not the newest; '' is before the first message. */
  readonly chosen: Readonly<Record<string, string>>
}

const root = ''
const keyOf = (parentId: string | null): string => parentId ?? root

export const childrenOf = <N extends TreeNode>({ messages }: MessageTree<N>, parentId: string | null): N[] =>
  messages.filter((message) => message.parentId === parentId)

/** The messages that are shown, from the first question on. */
export function pathOf<N extends TreeNode>(tree: MessageTree<N>): N[] {
  const path: N[] = []
  const children = Map.groupBy(tree.messages, ({ parentId }) => keyOf(parentId))
  let at = root
  for (;;) {
    const open = children.get(at) ?? []
    const next = open.find(({ id }) => id === tree.chosen[at]) ?? open.at(-1)
    // A message is its own ancestor only in a file that somebody made by hand.
    if (!next || path.includes(next)) return path
    path.push(next)
    at = next.id
  }
}

/** The messages before one, from the first question on, whichever branches are shown. */
export function ancestorsOf<N extends TreeNode>({ messages }: MessageTree<N>, id: string): N[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const found: N[] = []
  for (let at = byId.get(id)?.parentId; at !== null && at !== undefined; at = byId.get(at)?.parentId) {
    const parent = byId.get(at)
    if (!parent || found.includes(parent)) break
    found.unshift(parent)
  }
  return found
}

/** One more message, shown from now on. */
export function added<N extends TreeNode>(tree: MessageTree<N>, message: N): MessageTree<N> {
  return {
    messages: [...tree.messages, message],
    chosen: { ...tree.chosen, [keyOf(message.parentId)]: message.id },
  }
}

/** Another version of the same message, in its place. */
export function replaced<N extends TreeNode>(
  tree: MessageTree<N>,
  id: string,
  edit: (message: N) => N,
): MessageTree<N> {
  return { ...tree, messages: tree.messages.map((message) => (message.id === id ? edit(message) : message)) }
}

/** Goes on with this message where its siblings branch off; its own branches stay as they were left. */
export function chosen<N extends TreeNode>(tree: MessageTree<N>, id: string): MessageTree<N> {
  const message = tree.messages.find((message) => message.id === id)
  return message ? { ...tree, chosen: { ...tree.chosen, [keyOf(message.parentId)]: id } } : tree
}

/** The versions of a message, and which of them it is. */
export function versionsOf<N extends TreeNode>(tree: MessageTree<N>, message: N): { ids: string[]; index: number } {
  const ids = childrenOf(tree, message.parentId).map(({ id }) => id)
  return { ids, index: ids.indexOf(message.id) }
}
