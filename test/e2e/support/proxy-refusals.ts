import { both, canary, type Said } from './refusals.ts'

const proxyCredentials = both(
  'The address holds a user name or password. Put them into the fields below, where the password is kept in the vault.',
  '地址中含有用户名或密码。请填入下面的字段，密码会保存在保险库中。',
)
const noProxy = both(
  'This is no address of a proxy. Write it like http://proxy.example:3128.',
  '这不是代理地址。请写成 http://proxy.example:3128 的样子。',
)
const proxyScheme = both(
  "A proxy's address begins with http://, https:// or socks5://.",
  '代理地址以 http://、https:// 或 socks5:// 开头。',
)
const proxyPath = both(
  "A proxy's address ends with its port. Leave out what comes after it.",
  '代理地址以端口结尾，请去掉后面的部分。',
)

/** What is no address of a proxy. */
export const proxyRefusals: readonly (readonly [string, Said])[] = [
  [' ', noProxy],
  ['http://', noProxy],
  ['http://proxy.example:99999', noProxy],
  ['ftp://proxy.example:21', proxyScheme],
  ['socks4://proxy.example', proxyScheme],
  ['http://proxy.example:3128/proxy.pac', proxyPath],
  ['http://proxy.example:0', both('This port cannot be used.', '不能使用这个端口。')],
  [
    'http://169.254.169.254:3128',
    both("This address belongs to the machine's own services and is no proxy.", '该地址属于本机自身的服务，不是代理。'),
  ],
  [
    'http://127.0.0.1:4141',
    both(
      "This is Keywheel's own gateway, which is no proxy. Write the proxy's address.",
      '这是 Keywheel 自己的网关，不是代理。请填写代理的地址。',
    ),
  ],
  [`http://person:${canary}@proxy.example:3128`, proxyCredentials],
  [`socks5://person:${canary}@proxy.example`, proxyCredentials],
]
