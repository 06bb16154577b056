import { styleText as nodeStyle } from 'node:util';

type Style = Parameters<typeof nodeStyle>[0];

/** True when output goes to a terminal that shows colours; NO_COLOR (https://no-color.org) turns them off. */
function hasColours(stream: NodeJS.WriteStream): boolean {
  if (process.env['NO_COLOR']) return false;
  if (process.env['FORCE_COLOR']) return true;
  return stream.isTTY === true && process.env['TERM'] !== 'dumb';
}

const styled = (stream: NodeJS.WriteStream) => (style: Style, text: string) =>
  hasColours(stream) ? nodeStyle(style, text) : text;

/** Styles text for standard output, if a terminal shows it. */
export const onOut = styled(process.stdout);
/** Styles text for standard error, if a terminal shows it. */
export const onError = styled(process.stderr);

/** A line of progress that the next one overwrites; nothing where no terminal shows it. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
