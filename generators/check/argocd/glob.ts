/** What each sign of a pattern means beside itself. */
const SIGNS: Readonly<Record<string, (separator: string) => string>> = {
  '*': (separator) => (separator === '' ? '.*' : `[^${separator}]*`),
  '?': (separator) => (separator === '' ? '.' : `[^${separator}]`),
  '{': () => '(?:',
  '}': () => ')',
  ',': () => '|',
};

/**
 * True when a text is what a pattern of Argo CD means. https://github.com/gobwas/glob
 *
 * @param separator what `*` stops at; empty for nothing.
 */
export function matches(pattern: string, text: string, separator = ''): boolean {
  if (pattern === '*') return true;
  if (!isPattern(pattern)) return pattern === text;
  const parts = pattern.match(/\[!?[^\]]*\]|\*\*|./gs) ?? [];
  const source = parts.map((part) => {
    if (part === '**') return '.*';
    if (part.startsWith('[') && part.length > 1) return part.replace('[!', '[^');
    if (part === ',' && !pattern.includes('{')) return part;
    return SIGNS[part]?.(separator) ?? part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  });
  return new RegExp(`^(?:${source.join('')})$`, 's').test(text);
}

/** True for a text that stands for others than itself: a pattern, or with `!` a denial. */
export const isPattern = (text: string): boolean => /[*?[\]{}]/.test(text) || text.startsWith('!');
