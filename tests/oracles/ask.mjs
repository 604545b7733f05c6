// What renderers of the npm world see: the ids of a page's headings, and the targets of its links.
//
//     node ask.mjs remark|docusaurus|vitepress <pages.json
//
// takes `{"a.md": "# A"}` and prints `{"a.md": {"ids": ["a"], "links": []}}`; null for a page that the
// renderer refuses.
import { createRequire } from 'node:module'
import { visit } from 'unist-util-visit'

const require = createRequire(import.meta.url)

/** Collects the links of a tree of Markdown. */
const links = found => () => tree => {
  visit(tree, ['link', 'image', 'definition'], it => { found.push(it.url) })
}

const RENDERERS = {
  /** Markdown as GitHub has it, with rehype-slug for the ids. */
  async remark() {
    const { unified } = await import('unified')
    const parts = ['remark-parse', 'remark-gfm', 'remark-rehype', 'rehype-raw', 'rehype-slug']
    const [parse, gfm, rehype, raw, slug] = await Promise.all(parts.map(async it => (await import(it)).default))
    return async text => {
      const ids = [], found = []
      const collect = () => tree => visit(tree, 'element', it => {
        if (/^h[1-6]$/.test(it.tagName)) ids.push(it.properties.id)
        const to = { a: it.properties.href, img: it.properties.src }[it.tagName]
        if (to) found.push(to)
      })
      const all = unified().use(parse).use(gfm).use(rehype, { allowDangerousHtml: true }).use(raw).use(slug).use(collect)
      await all.run(all.parse(text))
      return { ids, links: found }
    }
  },

  /** MDX as Docusaurus has it, with all that it does before and after. */
  async docusaurus() {
    const { createProcessorUncached } = require('@docusaurus/mdx-loader/lib/processor.js')
    const preprocess = require('@docusaurus/mdx-loader/lib/preprocessor.js').default
    const found = { ids: [], links: [] }
    const collectIds = () => tree => visit(tree, 'heading', it => {
      found.ids.push(it.data?.hProperties?.id ?? it.data?.id)
    })
    const options = {
      staticDirs: [], siteDir: '/', admonitions: true,
      markdownConfig: {
        anchors: { maintainCase: false }, emoji: true, mermaid: false,
        hooks: { onBrokenMarkdownLinks: 'ignore', onBrokenMarkdownImages: 'ignore' },
        mdx1Compat: { comments: true, admonitions: true, headingIds: true },
      },
      beforeDefaultRemarkPlugins: [links(found.links)],
      remarkPlugins: [collectIds],
    }
    const mdx = await createProcessorUncached({ options, format: 'mdx' })
    return async text => {
      found.ids.length = found.links.length = 0
      const content = preprocess({ fileContent: text, filePath: '/x.mdx', markdownConfig: options.markdownConfig, admonitions: true })
      await mdx.process({ content, filePath: '/x.mdx', frontMatter: {}, compilerName: 'client' })
      return { ids: [...found.ids], links: [...found.links] }
    }
  },

  /** markdown-it as VitePress sets it up. */
  async vitepress() {
    const { createMarkdownRenderer } = await import('vitepress')
    const md = await createMarkdownRenderer('/site', {}, '/')
    return async text => {
      const env = { path: '/site/x.md', relativePath: 'x.md', cleanUrls: false }
      const made = await md.render(text, env)
      const all = pattern => [...made.matchAll(pattern)].map(it => it[1])
      return { ids: all(/<h[1-6] id="([^"]*)"/g), links: all(/<(?:a|img) [^>]*?(?:href|src)="([^"]*)"/g) }
    }
  },
}

let all = ''
for await (const part of process.stdin) all += part
const render = await RENDERERS[process.argv[2]]()
const answers = {}
for (const [path, text] of Object.entries(JSON.parse(all))) {
  try {
    answers[path] = await render(text)
  } catch {
    answers[path] = null
  }
}
console.log(JSON.stringify(answers))
