/**
 * Characters that the body of a comment or a pull request may have:
 * https://github.com/orgs/community/discussions/27190 and the API's "body is too long (maximum is 65536 characters)".
 */
export const MOST_CHARACTERS = 65_536;

/**
 * A Markdown text that is not longer than allowed. A longer one ends after a whole line, with fences and details that
 * are open there closed, and says that it was cut.
 *
 * @param note what the last paragraph says when something is missing.
 * @param most characters, as UTF-16 counts them: never fewer than GitHub counts.
 */
export function cutToFit(markdown: string, note: string, most = MOST_CHARACTERS): string {
  if (markdown.length <= most) return markdown;
  const kept: string[] = [];
  const open = new OpenBlocks();
  let length = 0;
  let end = 0;
  for (const [index, line] of markdown.split('\n').entries()) {
    length += line.length + 1;
    kept.push(line);
    open.read(line);
    if (length + open.closing().length + note.length + SPACE > most) break;
    end = index + 1;
  }
  const whole = kept.slice(0, end);
  const ending = new OpenBlocks();
  for (const line of whole) ending.read(line);
  return [...whole, `${ending.closing()}\n${note}\n`].join('\n').slice(0, most);
}

/** Room for line feeds between what is kept, what closes it, and the note. */
const SPACE = 4;

/** Blocks of Markdown that have begun and not ended. */
class OpenBlocks {
  #fence: string | undefined;
  #details = 0;

  read(line: string): void {
    const [, fence] = /^\s*(`{3,}|~{3,})/.exec(line) ?? [];
    if (this.#fence !== undefined) {
      if (fence?.startsWith(this.#fence) === true && line.trim() === fence) this.#fence = undefined;
      return;
    }
    if (fence !== undefined) this.#fence = fence;
    else this.#details += count(line, '<details') - count(line, '</details>');
  }

  /** What ends them, each on a line of its own. */
  closing(): string {
    const fence = this.#fence === undefined ? '' : `${this.#fence}\n`;
    return fence + '\n</details>\n'.repeat(Math.max(0, this.#details));
  }
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** A text as Markdown shows it, whatever it holds: names of SLOs, messages of servers. */
export const plainText = (text: string): string =>
  oneLine(text).replaceAll(/[\\`*_{}[\]<>()#+!|~@:-]/g, (character) => `&#${character.codePointAt(0)};`);

/**
 * A text as code in Markdown, whatever it holds: subjects of commits, in which a name must call nobody.
 * https://spec.commonmark.org/0.31.2/#code-spans
 */
export function codeSpan(text: string): string {
  const shown = oneLine(text);
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  return runs.length === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').trim();
