import { parser } from '@prometheus-io/lezer-promql';

const known = new Map<string, string[] | undefined>();

/** The metrics that an expression of PromQL reads, each once; undefined when it is not valid. Each is parsed once. */
export function metricsIn(expr: string): string[] | undefined {
  if (!known.has(expr)) known.set(expr, parsed(expr));
  return known.get(expr);
}

function parsed(expr: string): string[] | undefined {
  const found = new Set<string>();
  let valid = true;
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError) valid = false;
      if (node.name === 'VectorSelector') {
        const [, name] = /^([a-zA-Z_:][a-zA-Z0-9_:]*)/.exec(expr.slice(node.from, node.to)) ?? [];
        if (name === undefined) valid = false;
        else found.add(name);
      }
    },
  });
  return valid ? [...found].sort() : undefined;
}
