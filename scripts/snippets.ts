/** Code in the docs is a file: `<!-- snippet: path -->` before a fence means that the fence holds that file. */
const pattern = /<!-- snippet: (\S+) -->\n+```(\w+)\n(.*?)```/gs;

export function snippetsOf(markdown: string): { path: string; code: string }[] {
  return [...markdown.matchAll(pattern)].map(([, path = '', , code = '']) => ({ path, code }));
}

/** The same text with every snippet replaced by its file. */
export function withSnippets(markdown: string, read: (path: string) => string): string {
  return markdown.replace(pattern, (_all, path: string, language: string) =>
    ['<!-- snippet: ', path, ' -->\n\n```', language, '\n', read(path), '```'].join(''),
  );
}

/** Fences of TypeScript without a snippet mark: nobody checks them. */
export function unmarkedCode(markdown: string): number {
  return (
    (markdown.match(/```(ts|typescript)\n/g) ?? []).length -
    snippetsOf(markdown).filter((one) => one.path.endsWith('.ts')).length
  );
}
