import * as fc from 'fast-check'

/** What a model may write, in any order and cut anywhere. */
const pieces = [
  '# Title\n',
  'A paragraph with **bold**, *em*, `code`, ~~gone~~ and [a link](https://a.example/x).\n',
  'Setext\n---\n',
  '\n',
  '\n\n',
  '- one\n- two\n',
  '  - nested\n\n    paragraph inside\n',
  '1. first\n2. second\n',
  '10. tenth\n',
  '   ```ts\n   const a = 1\n\n   ```\n',
  '```python\nprint("a")\n\n# no heading\n```\n',
  '~~~~\n```\n~~~~\n',
  '```',
  '> quote\n> more\n',
  '| a | b |\n| --- | :-: |\n| 1 | 2 |\n',
  '| 3 | 4 |\n',
  '$$\nx^2\n\ny\n$$\n',
  '$$a$$\n',
  'Costs $5 and $6, or $a+b$ and \\(c\\).\n',
  '\\[\nx\n\\]\n',
  '<script>alert(1)</script>\n',
  '<details>\n\n<summary>x</summary>\n',
  '![pic](https://evil.example/p.png)\n',
  '    indented code\n',
  '[ref]: https://a.example\n',
  '***\n',
  '***',
  '**',
  '`',
  '[',
  '](',
  '&amp;&#x3c;&copy;',
  '\r\n',
  '\t- tab\n',
  '\ud83d\ude00中文。',
  'word ',
]

export const documents = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 12 })), { maxLength: 40 })
  .map((parts) => parts.join(''))
