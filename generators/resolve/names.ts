/** The full name of a host: below the platform's domain unless it has a dot already. */
export function hostname(host: string, domain: string): string {
  return host.includes('.') ? host : `${host}.${domain}`;
}

/** The key that a file has in its ConfigMap: its path without the first `/`, the others as `_`. */
export function fileKey(path: string): string {
  return path.slice(1).replaceAll('/', '_');
}
