import type { Alertmanager } from './config.ts';

/** Names of templates that a configuration or a template calls and no file defines; amtool does not see them. */
export function undefinedTemplates({
  config,
  templateFiles,
}: Pick<Alertmanager, 'config' | 'templateFiles'>): string[] {
  const files = Object.values(templateFiles).join('\n');
  const defined = new Set(namesIn(files, 'define'));
  const called = [...namesIn(files, 'template'), ...namesIn(textsIn(config).join('\n'), 'template')];
  return [...new Set(called)].filter((name) => !defined.has(name)).sort();
}

const namesIn = (text: string, action: string): string[] =>
  [...text.matchAll(new RegExp(`\\{\\{-?\\s*${action}\\s+"([^"]*)"`, 'g'))].map(([, name = '']) => name);

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];
